# Совет: когда собирается, кто в нём, повестка

council = Совет
council-title = Советы
council-add = Новый совет
council-none = Совета пока нет
council-none-text = Совет собирается раз в месяц: операции, качество, планирование смен и первая линия вместе разбирают список изменений, решают и следят, чтобы каждый месяц выходило три быстрых улучшения.
council-none-ask = Создать его может администратор.
council-next = Ближайшее заседание
council-next-none = Заседаний не запланировано
council-next-none-text = Заседания назначаются сами, по правилу совета. Назначьте одно вручную или проверьте, подходит ли ещё правило.
council-lasts = { $minutes } мин
council-moved = перенесено
council-agenda-so-far = { $items ->
    [0] Повестка пока пуста: она заполнится сама.
    [one] В повестке { $items } вопрос, { $minutes } мин.
    [few] В повестке { $items } вопроса, { $minutes } мин.
   *[many] В повестке { $items } вопросов, { $minutes } мин.
}
council-agenda-read = Открыть повестку
council-later = Дальше
council-later-none = Больше ничего не запланировано.
council-past = Прошедшие заседания
council-call = Назначить внеочередное заседание
council-call-text = Для того, что не может ждать. У него будет своя повестка, участники получат приглашения.
council-call-do = Назначить
council-day = День
council-time = Время
council-fixes = Быстрые улучшения месяца
council-fixes-n = { $n } из { $quota }
council-report = Месяц в цифрах
council-actions = Поручения
council-actions-open = { $n ->
    [one] { $n } поручение не закрыто
    [few] { $n } поручения не закрыты
   *[many] { $n } поручений не закрыто
}
council-actions-none = Всё обещанное сделано.
council-members = Участники
council-member = Участник
council-members-none = В совете пока никого нет
council-members-none-text = Пусть у каждого направления будет голос: кто вместе решает, тот вместе и делает.
council-member-add = Добавить участника
council-member-choose = Выберите коллегу
council-member-leaves = Вывести из совета
council-member-leaves-text = Приглашения больше не придут, а заседания уйдут из календаря. Принятые решения останутся.
council-member-left = Участник больше не входит в совет.
council-chair = Председатель
council-chairs = Председательствует
council-chairs-hint = готовит повестку, ведёт заседание, подписывает протокол
council-seat = Представляет
council-seat-hint = для решения нужны представители из кворума
council-delegate = Заместитель
council-delegate-hint = приходит и голосует, когда участник не может
council-delegate-none = никто
council-delegate-is = замещает { $name }
seat-operations = Операции
seat-quality = Качество
seat-wfm = Планирование смен
seat-front_line = Первая линия
seat-other = Другие
council-quorum = Кворум
council-quorum-hint = сколько человек от каждого направления нужно для решения
council-quorum-is = Решает, если на месте:
council-edit = Настройки
council-is-closed = Этот совет больше не собирается.
council-name = Название
council-when = Когда собирается
council-every = Какая неделя
council-which-first = Первая в месяце
council-which-second = Вторая в месяце
council-which-third = Третья в месяце
council-which-fourth = Четвёртая в месяце
council-which-last = Последняя в месяце
council-which-week = Каждая неделя
council-which-own = Своё правило
council-weekday = День недели
council-rule = Своё правило
council-rule-hint = только для последнего варианта; минута, час, день, месяц, день недели: 0 10 * * TUE#1
council-every-first = { $day ->
    [wed] Каждая первая среда месяца
    [fri] Каждая первая пятница месяца
    [sat] Каждая первая суббота месяца
    [sun] Каждое первое воскресенье месяца
    [mon] Каждый первый понедельник месяца
    [thu] Каждый первый четверг месяца
   *[tue] Каждый первый вторник месяца
}
council-every-second = { $day ->
    [wed] Каждая вторая среда месяца
    [fri] Каждая вторая пятница месяца
    [sat] Каждая вторая суббота месяца
    [sun] Каждое второе воскресенье месяца
    [mon] Каждый второй понедельник месяца
    [thu] Каждый второй четверг месяца
   *[tue] Каждый второй вторник месяца
}
council-every-third = { $day ->
    [wed] Каждая третья среда месяца
    [fri] Каждая третья пятница месяца
    [sat] Каждая третья суббота месяца
    [sun] Каждое третье воскресенье месяца
    [mon] Каждый третий понедельник месяца
    [thu] Каждый третий четверг месяца
   *[tue] Каждый третий вторник месяца
}
council-every-fourth = { $day ->
    [wed] Каждая четвёртая среда месяца
    [fri] Каждая четвёртая пятница месяца
    [sat] Каждая четвёртая суббота месяца
    [sun] Каждое четвёртое воскресенье месяца
    [mon] Каждый четвёртый понедельник месяца
    [thu] Каждый четвёртый четверг месяца
   *[tue] Каждый четвёртый вторник месяца
}
council-every-last = { $day ->
    [wed] Каждая последняя среда месяца
    [fri] Каждая последняя пятница месяца
    [sat] Каждая последняя суббота месяца
    [sun] Каждое последнее воскресенье месяца
    [mon] Каждый последний понедельник месяца
    [thu] Каждый последний четверг месяца
   *[tue] Каждый последний вторник месяца
}
council-every-week = { $day ->
    [wed] Каждая среда
    [fri] Каждая пятница
    [sat] Каждая суббота
    [sun] Каждое воскресенье
    [mon] Каждый понедельник
    [thu] Каждый четверг
   *[tue] Каждый вторник
}
council-calendar = Выходные
council-calendar-hint = заседание в нерабочий день переносится на ближайший рабочий
council-calendar-none = Собирается и в выходные
council-dates = Совет соберётся
council-dates-show = Показать ближайшие даты
council-instead-of = вместо нерабочего дня: { $day }
council-minutes = Минут
council-minutes-hint = до этого времени заполняется повестка
council-quota = Быстрых улучшений в месяц
council-quota-hint = сверх этого нужна причина
council-place = Место
council-place-hint = переговорная или ссылка на звонок
council-close = Закрыть совет
council-close-text = Запланированные заседания отменятся, участники об этом узнают. Решения и протоколы останутся.
council-closed = Совет закрыт.
council-saved-now-members = Совет создан, ближайшие заседания назначены. Теперь добавьте участников.
council-feed = В вашем календаре
council-feed-text = Подпишите календарь на личный адрес — и заседания всегда будут в нём, даже если их перенесут.
council-feed-has = Календарь читает ваш личный адрес. Новый адрес отключит старый.
council-feed-make = Получить адрес
council-feed-renew = Получить новый адрес
council-feed-once = Добавьте этот адрес в календарь. Он показан один раз; любой, у кого он есть, увидит, когда и о чём заседания.
council-meeting-moved = Время заседания изменено.
council-meeting-cancelled = Заседание отменено.
meeting-planned = запланировано
meeting-running = идёт
meeting-ended = протокол ещё не подписан
meeting-signed = протокол подписан
meeting-cancelled = отменено

# Повестка

agenda-title = Повестка, { $when }
agenda-minutes = Занято { $minutes } из { $of } мин
agenda-over = на { $minutes } мин дольше
agenda-frozen = повестка утверждена
agenda-frozen-since = утверждена { $at }
agenda-fills-itself = Пока повестка не утверждена, она заполняется сама. Читать её и задавать вопросы может каждый.
agenda-is-cancelled = Это заседание отменено.
agenda-day-off = По календарю совета это нерабочий день. Может быть, перенести?
agenda-kind-action = Обещано
agenda-kind-promise = Срок прошёл
agenda-kind-shipped = Сделано
agenda-kind-returned = Снова на столе
agenda-kind-stalled = Стоит на месте
agenda-kind-change = На решение
agenda-kind-topic = Тема
agenda-quick-fix = годится в быстрые
agenda-item-minutes = { $n } мин
agenda-people = { $n ->
    [one] об этом говорит { $n } человек ({ $employees } EX, { $customers } CX)
    [few] об этом говорят { $n } человека ({ $employees } EX, { $customers } CX)
   *[many] об этом говорят { $n } человек ({ $employees } EX, { $customers } CX)
}
agenda-nobody = об этом пока никто не писал
agenda-until = до { $day }
agenda-effect = узнали о результате: { $told } из { $cases }
agenda-effect-helped = помогло: { $yes }, не помогло: { $no }
agenda-action-done = сделано
agenda-questions = Вопросы
agenda-ask = Задать вопрос
agenda-ask-what = Что нужно прояснить про «{ $title }»?
agenda-ask-do = Спросить
agenda-order = Переместить «{ $title }»
agenda-up = Выше: { $title }
agenda-down = Ниже: { $title }
agenda-remove = Снять
agenda-remove-this = Снять с повестки: { $title }
agenda-removed = Снято с повестки. Само оно не вернётся.
agenda-removed-items = { $n ->
    [one] Снят { $n } вопрос
    [few] Сняты { $n } вопроса
   *[many] Снято { $n } вопросов
}
agenda-put-back = Вернуть
agenda-empty = Обсуждать пока нечего
agenda-empty-text = Обещания, сделанное и верх списка изменений появятся здесь сами.
agenda-add = Добавить вопрос
agenda-add-topic = Тема
agenda-add-change = или изменение
agenda-add-minutes = Минут
agenda-added = Добавлено в повестку.
agenda-ready = Всё готово?
agenda-freeze = Утвердить повестку
agenda-freeze-text = После этого она не меняется, и все могут готовиться. С началом заседания она утверждается сама.
agenda-is-frozen = Повестка утверждена.
agenda-thaw = Открыть снова
agenda-is-open = Повестка снова заполняется сама.
agenda-fill = Обновить сейчас
agenda-filled = Повестка обновлена.
agenda-time = Перенести или отменить
agenda-time-text = Приглашённые получат письмо, и заседание переедет в их календаре.
agenda-time-do = Перенести
agenda-cancel = Отменить заседание
agenda-cancel-text = Участники об этом узнают, а из календарей оно исчезнет.

## Что не так

error-rule-unreadable = Такое правило прочитать не удалось. Нужно пять полей, например 0 10 * * TUE#1 — десять утра каждого первого вторника.
error-rule-never = Такого дня не бывает.
error-rule-often = Чаще раза в день совет собираться не может.
error-council-changed = Пока вы работали, настройки совета кто-то изменил. Посмотрите ещё раз.
error-meeting-there = На это время заседание уже назначено.
error-meeting-past = Это время уже прошло.
error-meeting-not-planned = Это заседание уже не планируется.
error-meeting-over = Это заседание уже прошло.
error-agenda-frozen = Повестка утверждена. Чтобы изменить, откройте её снова.
error-on-agenda = Это изменение уже в повестке.
error-change-unknown = Такого изменения нет.
error-delegate-self = Нельзя замещать самого себя.
error-delegate-member = Этот коллега сам входит в совет: один человек — один голос.
error-delegate-chain = У этого коллеги есть свой заместитель. Заместителя заместителя не бывает.
error-delegate-taken = Этот коллега уже замещает другого: один человек — один голос.
error-member-is-delegate = Этот коллега замещает участника. Один человек — один голос: сначала выберите другого заместителя.

# Поручения

council-action = Поручение
council-action-owner = Ответственный
council-action-due = Срок
council-action-finish = Сделано
council-action-note = Что получилось
council-action-done-on = Сделано
council-action-reopen = Ещё не сделано
council-action-done = Сделано. Спасибо!
council-action-open = Поручение снова открыто.
council-actions-done = Сделанные
council-actions-none-text = То, что обещали на заседании, стоит здесь и в очереди ответственного, пока не будет сделано.
queue-promised = Вы обещали совету
queue-promised-until = до { $day }
queue-promised-done = Сделано

# Месяц в цифрах

report-title = Месяц совета: { $period }
report-previous = Предыдущий месяц
report-next = Следующий месяц
report-running = Месяц ещё не закончился.
report-decided = Решения
report-decided-none = Решений не было.
report-shipped = Сделано
report-shipped-none = Ничего не вышло.
report-change = Изменение
report-on = Когда
report-quick-fix = быстрое улучшение
report-to-decision = От первого отзыва до решения
report-to-change = От первого отзыва до изменения
report-from-decision = От решения до изменения
report-declined = Отклонено с объяснением
report-declined-none = Ничего не отклоняли.
report-declined-text = { $changes ->
    [one] Отклонено { $changes } изменение.
    [few] Отклонено { $changes } изменения.
   *[many] Отклонено { $changes } изменений.
} Связанных обращений: { $asked }, причину объяснили по { $told } из них.
report-how = Как это считается
report-how-decided = Вопросы заседаний этого совета, решённые за месяц, по видам решений.
report-how-fixes = Изменения с пометкой «быстрое», вышедшие за месяц, — из того числа, которое совет себе поставил.
report-how-to-decision = От дня, когда об изменении написал первый человек, до решения совета; медиана по решённому за месяц (n = { $n }).
report-how-to-change = От дня, когда об изменении написал первый человек, до дня, когда оно вышло; медиана по вышедшему за месяц (n = { $n }).
report-how-from-decision = От дня, когда изменение приняли, до дня, когда оно вышло; медиана по вышедшему за месяц (n = { $n }).
report-how-declined = Из обращений, связанных с отклонёнными за месяц изменениями, — те, чьим авторам объяснили причину письмом или на их странице.
decision-word-accept = Принято
decision-word-not_now = Не сейчас
decision-word-decline = Отклонено
decision-word-need_data = Нужны данные
decision-word-noted = Принято к сведению
agenda-minutes-read = Открыть протокол
