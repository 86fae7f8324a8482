# Обращение

case-reopened = { $n ->
    [one] открыто снова { $n } раз
    [few] открыто снова { $n } раза
    [many] открыто снова { $n } раз
   *[other] открыто снова { $n } раза
}
case-affected = Где и кого касается:
case-timeline = Что происходило
case-reply = Ответить
case-reply-to = Ваше сообщение, получатель: { $name }
case-reply-by-mail = Придёт по почте, со ссылкой для ответа.
case-reply-by-code = Человек прочтёт его по коду.
case-reply-nowhere = Адреса нет: человек этого не прочтёт.
case-reply-wait = Это вопрос: остановить сроки, пока не ответят
case-reply-send = Отправить
case-resolve = Завершить…
case-note = Заметка для коллег
case-note-keep = Сохранить заметку
case-owner = Ответственный
case-take = Беру себе
case-give = Передать
case-nobody = Никому
case-assign = Передать
case-dates = Обещания
case-outcome = Итог
case-helped = Помогло?
case-helped-yes = Да, так говорит сам человек
case-helped-unknown = Ответа пока нет
case-originator = От кого
case-score = { $score } из { $of }
case-history = Что говорили раньше
case-changes = Изменение
case-no-change = Пока не связано ни с одним изменением.
case-link = Связать с изменением
case-link-do = Связать
case-propose = Предложить новое изменение
case-mails = Письма

case-assigned = Теперь у обращения есть ответственный.
case-put-back = Обращение снова в общей очереди.
note-kept = Записали.
case-resolved = Готово. Человеку сообщим.
case-linked = Связали с изменением.
error-case-is-resolved = Это обращение уже завершено.
error-case-changed = Кто-то изменил обращение в ту же минуту. Посмотрите ещё раз и повторите шаг.
error-already-answered = Ответ уже дан, или отвечать пока не на что.

mail-name-received = Подтверждение
mail-name-reply = Ваш ответ
mail-name-closure = Что вышло

# События, после имени того, кто это сделал

event-received = — обращение получено
event-taken = — взято в работу
event-assigned = — передано: { $owner }
event-unassigned = — возвращено в общую очередь
event-replied = пишет
event-asked = спрашивает
event-noted = отмечает
event-wrote = пишет
event-linked = — связано с изменением «{ $title }»
event-change_put_off = — изменение «{ $title }» отложено
event-quote_asked = — вопрос автору, можно ли цитировать
event-quote_allowed = — цитировать без имени можно
event-quote_refused = — цитировать нельзя
event-unlinked = — больше не связано с изменением «{ $title }»
event-change_moved = — изменение «{ $title }» продвинулось
event-change-decided = — решено сделать: «{ $title }»
event-change-doing = — работа началась: «{ $title }»
event-resolved = — итог: { $outcome }
event-confirmed = — подтверждение: помогло
event-reopened = — вопрос не решён
event-joined = — «и мне важно» к { $to }
event-imported = — загружено из файла

# Завершение

resolve-title = Что вышло?
resolve-outcome = Итог
resolve-text = Вашими словами, для человека
resolve-text-hint-en = Человек читает по-английски. Скажите, что сделано или почему нет, и поблагодарите.
resolve-text-hint-ru = Человек читает по-русски. Скажите, что сделано или почему нет, и поблагодарите.
resolve-preview = Уйдёт такое письмо
resolve-mail-to = Кому
resolve-mail-subject = Тема
resolve-show = Сначала показать письмо
resolve-show-again = Показать ещё раз
resolve-send = Завершить и сообщить
resolve-reached-page = Обращение анонимное. Ваши слова будут ждать по коду.
resolve-reached-no_address = Адреса нет, сообщить некому. Так и запишем.

# Где моё обращение

code-title = Где моё обращение?
code-intro = Вы написали нам, не называя себя. Ответ открывается по коду.
code-label = Код
code-hint = 26 букв и цифр; пробелы и дефисы не важны
code-open = Открыть
code-by-mail = Если вы оставили почту, ссылка есть в каждом нашем письме.
track-you-wrote = вы написали
track-new = Мы всё получили. Прочтёт человек.
track-in_review = Мы разбираемся.
track-waiting = Мы задали вам вопрос и ждём ответа.
track-decided = Мы решили это сделать.
track-doing = Мы над этим работаем.
track-resolved = Решение принято, вот что вышло.
track-closed = Наш ответ у вас.
track-title-new = Мы вас услышали
track-title-in_review = Мы разбираемся
track-title-waiting = У нас к вам вопрос
track-title-decided = Мы решили это сделать
track-title-doing = Мы над этим работаем
track-title-solved = Мы это исправили
track-title-partly = Мы решили часть вопроса
track-title-not_possible = Сейчас мы не можем этого сделать
track-title-no_fault = Мы проверили и ошибки не нашли
track-title-withdrawn = Вы отозвали обращение
track-promise-answer = Мы ответим не позже:
track-promise-news = Что вышло, вы узнаете не позже:
track-decision = Что вышло
track-did-it = Это решило ваш вопрос?
track-yes = Да, решило
track-why = Если нет: что осталось не так?
track-no = Нет, не совсем
track-nothing-yet = Ничего не записывается, пока вы не нажмёте кнопку.
track-confirmed = Вы сказали, что помогло. Спасибо!
track-so-far = Что было до сих пор
track-write = Добавить
track-write-hint = Прочтёт тот, кто занимается вашим обращением.
message-received = Спасибо, сообщение у нас.
thanks-for-yes = Рады слышать. Спасибо, что сказали.
thanks-for-no = Спасибо за прямоту. Посмотрим ещё раз.

## Promises, and what else happens to a case.

target-first_response = первый ответ
target-next_response = ответ на сообщение
target-resolution = решение
target-tell_back = рассказ о результате
event-met = сдержано обещание: { $target }
event-missed = не сдержано обещание: { $target }
event-warned = подходит срок: { $target }
event-raised-2 = передано руководителю команды
event-raised-3 = передано выше
event-escalated = говорит, что никто не ответил
event-snoozed = отложено
event-woken = снова в работе
event-classified = отмечено в карточке
event-tagged = изменены метки: { $tags }
event-merged = объединено с { $to }
event-merged_in = присоединено { $from }
event-unmerged = снова отдельное обращение
event-unmerged_from = { $from } снова отдельно
event-merged_wrote = новое сообщение в { $from }, которое присоединено сюда
event-follows = продолжение { $from }
event-followed = открыто новое обращение: { $to }
event-no_answer = ответа, помогло ли это, нет
event-promise_changed = изменено обещание: { $policy }
track-title-duplicate = Мы ответили на это вместе с другими обращениями
error-not-in-the-past = Выберите время в будущем.
error-not-overdue = Обещанный срок ещё не прошёл.
error-no-such-case = Такого обращения нет, или оно вам не видно.
error-merge-itself = Обращение нельзя объединить с самим собой.
error-merge-apart = Одно из этих обращений ведётся отдельно, объединить их нельзя.
error-too-many-tags = У обращения может быть до { $max } меток.
error-tag = В метке могут быть буквы, цифры, пробелы и дефисы.
error-said-the-opposite = Раньше вы ответили наоборот. Если что-то изменилось, подтвердите ещё раз.

## Following one’s feedback.

track-came-back = Проблема вернулась?
track-sure = Ещё один вопрос
track-sure-yes = Да, теперь решено
track-sure-no = Нет, не решено
track-objected = Мы снова этим занимаемся. Может быть, всё уже решилось?
track-late = Обещанный срок прошёл
track-late-text = Нам очень жаль. Если вам никто не ответил, мы передадим обращение руководству.
track-escalate = Мне никто не ответил
escalation-received = Спасибо, что сказали. Руководство теперь об этом знает.
link-expired = Ссылка больше не действует
link-expired-text = Ссылки из писем работают ограниченное время — так безопаснее. Мы можем прислать новую на адрес, который знаем.
link-send-new = Прислать новую ссылку
link-use-code = У меня есть код обращения
link-on-its-way = Если мы знаем ваш адрес, новая ссылка уже в пути.

## The huddle.

huddle-title = Пятиминутка
huddle-team = Команда
huddle-show = Показать
huddle-since = Что произошло с этого дня:
huddle-negatives = Новое и тревожное
huddle-no-negatives = Жалоб нет. Есть чему порадоваться.
huddle-breaches = Пропущенные сроки
huddle-no-breaches = Все обещания сдержаны.
huddle-thanks = Передать спасибо
huddle-helped-by = Помогло. Молодец, { $owner }
huddle-helped = Помогло
huddle-no-thanks = Благодарностей пока нет. Может быть, сегодня.
huddle-raise = Слышим снова и снова
huddle-people = обращений: { $cases }, людей: { $n }
huddle-raise-do = В список изменений
huddle-no-repeats = Среди открытых обращений ничего не повторяется по одной теме.
## The case page: what is promised, put off, marked, merged; who else is here.

case-apart = ведётся отдельно
case-policy = Обещано по правилу «{ $name }»
promise-first_response = Первый ответ
promise-next_response = Ответ на сообщение
promise-resolution = Решение
promise-tell_back = Человек узнает, что вышло
promised-in-hours = { $n ->
    [one] за { $n } рабочий час
    [few] за { $n } рабочих часа
    [many] за { $n } рабочих часов
   *[other] за { $n } рабочего часа
}
promised-in-minutes = { $n ->
    [one] за { $n } рабочую минуту
    [few] за { $n } рабочие минуты
    [many] за { $n } рабочих минут
   *[other] за { $n } рабочей минуты
}
promised-in-days = { $n ->
    [one] за { $n } день
    [few] за { $n } дня
    [many] за { $n } дней
   *[other] за { $n } дня
}
promise-kept = сдержано
promise-late-done = сделано с опозданием
promise-late = просрочено на { $text }
promise-left = осталось { $text }
promise-paused-waiting = пауза, ждём ответа; останется { $left }
promise-paused-snoozed = пауза, отложено; останется { $left }
promise-paused-change = пауза до изменения; останется { $left }
promise-stopped = сроков нет
case-snooze = Отложить…
case-snoozed-until = Отложено до
case-wake = Вернуть в работу
snooze-tomorrow = До завтрашнего утра
snooze-three_days = На три дня
snooze-next_week = До понедельника
snooze-own = До этого времени
snooze-date = Или до
snooze-time = Время
case-snoozed = Отложено. Обращение вернётся само.
case-woken = Обращение снова в работе.
case-marks = Отметки
case-marks-save = Сохранить отметки
case-severity = Серьёзность
severity-low = низкая
severity-normal = обычная
severity-high = высокая
severity-critical = критическая
case-topic = Тема
case-root-cause = Первопричина
case-not-said = не указано
case-first-contact = Решено с первого раза?
case-first-contact-yes = Да
case-first-contact-no = Нет
case-tags = Метки
case-tags-hint = через запятую
case-watchers = Следят:
case-watchers-none = Никто не следит за этим обращением.
case-watch = Следить
case-unwatch = Не следить
case-watched = Вы узнаете обо всём, что здесь напишет человек.
case-unwatched = Вы больше не следите за этим обращением.
case-note-hint = @Имя позовёт коллегу
case-answers = Готовый ответ
case-answers-insert = Вставить
case-earlier-scores = Прежние оценки
case-scores-of = из { $of }
case-merging = То же самое от других
case-is-merged = Объединено: ответ будет общий с обращением
case-unmerge = Разъединить
case-people-behind = { $n ->
    [one] Так говорит { $n } человек.
    [few] Так говорят { $n } человека.
    [many] Так говорят { $n } человек.
   *[other] Так говорят { $n } человека.
}
case-of-another-team = у другой команды
case-similar = Похожие открытые обращения
case-similar-look = Поискать похожие открытые обращения
case-similar-none = Похожих открытых обращений нет.
case-merge-in = Присоединить сюда
case-merge-into = Присоединить это к другому…
case-merge-which = К какому обращению
case-merge = Объединить
case-merged = Объединено. Ответ будет общий.
case-merged-in = Присоединено сюда. Каждому всё равно сообщим.
case-unmerged = Обращение снова само по себе.
events-more = { $n ->
    [one] и ещё { $n }
    [few] и ещё { $n }
    [many] и ещё { $n }
   *[other] и ещё { $n }
}
event-wrote-unverified = пишет по почте; мы не уверены, что это тот же человек
event-quoted = Цитата
event-fresh = новое
pending-goes-out = — уйдёт через { $n } с
pending-now = — уходит прямо сейчас
pending-waits = потом сроки остановятся
pending-files = { $n ->
    [one] с { $n } файлом
    [few] с { $n } файлами
    [many] с { $n } файлами
   *[other] с { $n } файла
}
pending-undo = Вернуть
error-reply-is-gone = Ответ уже ушёл, вернуть его нельзя.
error-case-moved-on = Здесь произошло то, чего вы ещё не видели. Новое отмечено ниже; ваш текст на месте.
error-mention-unseen = { $name } не видит это обращение, поэтому заметка не сохранена. Сначала передайте обращение той команде или уберите @.
error-mention-several = Коллег с именем { $name } несколько. Напишите имя и фамилию.
error-time = Введите время. Например: 14:30
presence-open = { $name } сейчас смотрит это обращение
presence-writing = { $name } пишет
presence-news = Здесь есть новое. Показать

## Saved answers.

answers-title = Готовые ответы
answers-text = Тексты для того, о чём пишут снова и снова, на двух языках. Человек получит свой.
answers-new = Новый ответ
answers-one = Готовый ответ
answers-name = Название
answers-team = Для кого
answers-house = Для всех
answers-state = Состояние
answers-archived = убран
answers-offered = предлагается
answers-none = Готовых ответов пока нет
answers-none-text = Сохраните первый, когда заметите, что в третий раз пишете одно и то же.
answers-body-en = По-английски
answers-body-ru = По-русски
answers-archive = Убрать: больше не предлагать
answers-variables = Что подставится само
variable-name = кто обратился
variable-first_name = имя без фамилии
variable-reference = номер обращения, например F-7QK3M9X
variable-title = заголовок обращения
variable-owner = кто отвечает за обращение
variable-promised = ближайший обещанный день
variable-link = личная ссылка человека; подставится только в письме
error-unknown-variable = Мы не знаем, что подставить вместо { $name }. Что подставляется само, перечислено ниже.
answer-to-customer = уважаемый клиент
answer-to-employee = коллега
link-is-here = на этой странице
link-of-theirs = [личная ссылка]

keys-reply = Ответить
keys-note = Заметка для коллег
keys-take = Взять обращение
keys-resolve = Завершить
keys-snooze = Отложить

## Неверный адрес.

contact-unreached = Письма на этот адрес не доходят:
contact-came-back = Письмо с этого адреса вернулось:
contact-new = Исправить адрес
contact-new-hint = Только для этого обращения. Письма, которые не дошли, отправим ещё раз.
contact-correct = Сохранить и отправить ещё раз
contact-corrected = Адрес исправлен. То, что вернулось, уже отправляется снова.
contact-same = Этот адрес уже указан.
contact-has-account = У этого человека есть учётная запись. Адрес меняют там.
contact-is-reached = На нынешний адрес письма доходят. Здесь его изменить нельзя.
contact-not-reached-either = И на этот адрес письма не доходят.
contact-is-account = Это адрес учётной записи сотрудника.
event-mail_returned = письмо автору вернулось
event-contact_corrected = адрес исправлен; письма, которые вернулись, отправлены снова
event-answers_digest = – это ответ на дайджест
event-answers_digest-item = – это ответ на «{ $item }» из дайджеста
