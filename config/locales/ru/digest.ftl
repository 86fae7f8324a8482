# Дайджесты «Мы вас услышали»: страницы совета

digest-of = Дайджест, { $period }
digest-for = Дайджест: { $name }
digest-period = Период
digest-show = Показать
digest-left-out = Кто не получил и почему

digest-not-public = Не для всех: это прочтут только те, чьи обращения к этому привели.
digest-own-items = Кроме того, каждый прочтёт, что вышло из его собственных обращений, со своими словами. Чужих слов не увидит никто.
digest-recipients = Получателей
digest-step = Пройти по получателям
digest-find = Что получит один человек

digest-lang-en = по-английски
digest-lang-ru = по-русски
digest-mail-to = Кому
digest-mail-subject = Тема
digest-mail-part = Часть
digest-as-html = Письмо с оформлением
digest-as-text = Простой текст

# Почему письма не будет

digest-skipped-empty = Письма не будет: новостей для этого человека нет.
digest-skipped-opted_out = Письма не будет: человек отписался.
digest-skipped-no_address = Письма не будет: у нас нет адреса.
digest-skipped-disabled = Письма не будет: учётная запись отключена.
digest-skipped-joined_later = Письма не будет: человек подписался, когда этот дайджест уже был готов.
digest-skipped-never_subscribed = Письма не будет: человек не подписывался.

digest-count-empty = { $n ->
    [0] Без новостей никто не остался
    [one] { $n } человек без новостей
    [few] { $n } человека без новостей
    [many] { $n } человек без новостей
   *[other] { $n } человека без новостей
}
digest-count-opted_out = { $n ->
    [one] { $n } человек отписался
    [few] { $n } человека отписались
    [many] { $n } человек отписались
   *[other] { $n } человека отписались
}
digest-count-no_address = { $n ->
    [one] { $n } человек без адреса
    [few] { $n } человека без адреса
    [many] { $n } человек без адреса
   *[other] { $n } человека без адреса
}
digest-count-disabled = { $n ->
    [one] { $n } отключённая учётная запись
    [few] { $n } отключённые учётные записи
    [many] { $n } отключённых учётных записей
   *[other] { $n } отключённой учётной записи
}
digest-count-joined_later = { $n ->
    [one] { $n } человек подписался позже
    [few] { $n } человека подписались позже
    [many] { $n } человек подписались позже
   *[other] { $n } человека подписались позже
}
digest-count-never_subscribed = { $n ->
    [one] { $n } человек не подписывался
    [few] { $n } человека не подписывались
    [many] { $n } человек не подписывались
   *[other] { $n } человека не подписывались
}

# Что не так с днями

error-digest-month = Выберите месяц. Пример: 2026-10
error-digest-days = Последний день раньше первого.
error-digest-not-over = Эти дни ещё не закончились, и в них может что-то произойти. Выберите дни не позже сегодняшнего.

# heard digest

digest-command-recipients = { $n ->
    [0] Не получит никто
    [one] Получит { $n } человек
    [few] Получат { $n } человека
    [many] Получат { $n } человек
   *[other] Получат { $n } человека
}
digest-command-sent = Поставлено в очередь: { $queued }, уже было: { $already }

# Writing a digest

digest-title = Дайджесты
digest-intro = Все, кто подписался, узнают, что сделано, от чего мы отказались и почему. Сначала – их собственные слова. У кого новостей нет, тому письмо не придёт.
digest-new = Новый дайджест
digest-new-text = Черновик сам собирает, что произошло. Слова вокруг выбираете вы, а перед отправкой его одобряет кто-то другой.
digest-begin = Начать черновик
digest-made = Черновик готов, можно смотреть.
digest-series = Серия
digest-series-link = Серии и их даты
digest-all = Все
digest-status = Состояние
digest-when = Когда
digest-status-draft = Черновик
digest-status-submitted = Ждёт одобрения
digest-status-approved = Одобрен
digest-status-sending = Отправляется
digest-status-paused = На паузе
digest-status-stopped = Остановлен
digest-status-sent = Отправлен
digest-status-skipped = Не отправлен
digest-none = Дайджестов пока нет
digest-none-like-this = Таких дайджестов нет
digest-none-text = Начните черновик: он соберёт сделанное и решённое, и вы увидите, что получит каждый.
digest-other = Выбрать дни самостоятельно
digest-from = Первый день
digest-to = Последний день
digest-follows = Черновик следует за событиями: пока вы его не сдали, факты обновляются сами. Править их здесь нельзя, но над ними стоит ваша строка.
digest-fixed = Содержание закреплено: { $at }.
digest-words = Слова вокруг
digest-intro-en = Вступление по-английски
digest-intro-ru = Вступление по-русски
digest-ask-en = О чём спросим, по-английски
digest-ask-ru = О чём спросим, по-русски
digest-nothing = За это время пока ничего не произошло
digest-nothing-text = Изменения появятся здесь, когда их внедрят, отклонят или начнут с указанным сроком. Что вышло из их собственных обращений, люди узнают в любом случае.
digest-up = Поднять: { $title }
digest-down = Опустить: { $title }
digest-place = Место
digest-edit = Ваша строка и кто её прочтёт
digest-line-hint = Ваша строка стоит над фактами. Сами факты правят на странице изменения.
digest-line-en = Ваша строка по-английски
digest-line-ru = Ваша строка по-русски
digest-seen-by = Кто это прочтёт
digest-seen-asked = Те, кто об этом просил
digest-seen-team = Команда и те, кто просил
digest-seen-employees = Все сотрудники и те, кто просил
digest-seen-everyone = Все
digest-team = Команда
digest-on-page = Показать на странице «Вы сказали – мы сделали»
digest-on-page-yes = есть и на странице
digest-drop = Не рассказывать
digest-drop-why = Почему не рассказываем?
digest-dropped = Не рассказываем
digest-take-back = Вернуть
digest-look-title = Как это читается
digest-test = Прислать всё мне
digest-test-sent = Пробное письмо уже отправляется вам.
digest-checks = Проверки
digest-checks-fine = Ничто не мешает.
digest-checks-blocked = Сначала нужно исправить:
digest-hints = Полезно знать
digest-check-link = этот адрес откроется не у всех: { $what }
digest-check-name = названо имя частного лица: { $what }
digest-check-translation = ваших слов нет { $what ->
    [ru] по-русски
   *[en] по-английски
}
digest-check-facts = о сделанном не рассказано { $what ->
    [ru] по-русски
   *[en] по-английски
}, читатели увидят текст на другом языке
digest-check-empty = { $what ->
    [done] За это время ничего не сделано.
    [declined] За это время ничего не отклонили.
   *[doing] В работе нет ничего со сроком.
}
digest-check-quote = цитата выбрана, но автор её не разрешил, поэтому её не будет
digest-check-few = просили меньше пяти человек, поэтому число не показываем
digest-submit = Сдать
digest-submit-text = После этого содержание закрепляется, и его смотрит кто-то другой.
digest-leaves = Отправка: { $at }.
digest-leaves-at-once = Уйдёт, как только его одобрят.
digest-approve = Одобрить
digest-needs-second = Одобрить должен тот, кто его не писал.
digest-note = Что стоит изменить?
digest-send-back = Вернуть авторам
digest-end = Не отправлять
digest-end-why = Почему не отправляем?
digest-history = Что происходило
digest-event-digest_made = черновик начат
digest-event-digest_edited = правка
digest-event-digest_submitted = дайджест сдан
digest-event-digest_returned = возвращён авторам
digest-event-digest_approved = одобрен
digest-event-digest_skipped = решено не отправлять
digest-event-digest_sent = все письма в очереди
digest-event-digest_sending = отправка продолжается
digest-event-digest_paused = отправка на паузе
digest-event-digest_stopped = отправка остановлена
digest-event-digest_late = не одобрен вовремя и ждёт
digest-nobody-title = Его никто не получит
digest-nobody = Из тех, кому предназначена эта серия, пока никто не подписан.
digest-why-title = Что прочтёт этот человек и почему
digest-why-own = просил об этом
digest-why-everyone = для всех
digest-why-employees = для сотрудников
digest-why-team = для команды
digest-why-hidden = не увидит: это для других
digest-why-outcomes = { $n ->
    [one] Кроме того, ответ на { $n } собственное обращение.
    [few] Кроме того, ответы на { $n } собственных обращения.
    [many] Кроме того, ответы на { $n } собственных обращений.
   *[other] Кроме того, ответы на { $n } собственного обращения.
}
error-digest-series-closed = Эта серия закрыта. Выберите другую.
error-digest-not-begun = Эти дни ещё не наступили. Выберите дни не позже сегодняшнего.
error-digest-exists = Дайджест этой серии за эти дни уже есть.
error-digest-not-a-draft = Этот дайджест уже не черновик. Сначала верните его авторам.
error-digest-under-way = Этот дайджест уже отправляется.
error-digest-not-submitted = Этот дайджест не ждёт одобрения.
error-digest-own = Вы сдали этот дайджест или правили его последним. Одобрить должен кто-то другой.
error-digest-checks = Что-то ещё мешает: посмотрите проверки.
error-digest-not-public = Это изменение не для всех, поэтому прочесть его могут не все.
error-digest-team = Выберите команду, которая это прочтёт.
digest-mails = Писем
digest-look-again = Посмотреть снова
digest-report = Что из этого вышло
