# Дайджесты «Мы вас услышали»: страницы совета

digest-title = Дайджесты
digest-intro = Раз в месяц все подписавшиеся узнают, что сделано, от чего решили отказаться и почему. Сначала – то, о чём человек писал сам. У кого новостей нет, тому письма не будет.
digest-of = Дайджест, { $period }
digest-for = Дайджест: { $name }
digest-prepare = Подготовить: { $period }
digest-look = Посмотреть: { $period }
digest-other = Выбрать другие дни
digest-period = Период
digest-month = Месяц
digest-from = или с
digest-to = по
digest-show = Показать
digest-sent = Отправлено
digest-waiting = В пути
digest-held-back = Придержано
digest-failed = Не удалось
digest-without-news = Без новостей
digest-mails = Писем
digest-none = Дайджестов ещё не было
digest-none-text = Подготовьте прошлый месяц, посмотрите, что получит каждый, и отправьте.
digest-unfinished = не закончен
digest-unfinished-text = Дошло ещё не до всех. Если дело не движется, продолжите: дважды никто не получит.
digest-go-on = Продолжить
digest-look-again = Посмотреть ещё раз
digest-queued-at = Передан на отправку
digest-sent-to-nobody = Новостей ни у кого не было, поэтому писем нет.
digest-left-out = Кто не получил и почему
digest-what-was-told = О чём рассказали
digest-report = Открыть отчёт
digest-flash-sent = Дайджест отправляется.

digest-nothing-done = За это время ничего не внедрили.
digest-nothing-declined = За это время ничего не отклонили.
digest-not-public = Не для всех: это прочтут только те, чьи обращения к этому привели.
digest-own-items = Кроме того, каждый прочтёт, что вышло из его собственных обращений, со своими словами. Чужих слов не увидит никто.
digest-who = Кто получит
digest-recipients = Получателей
digest-step = Пройти по получателям
digest-find = Что получит один человек
digest-send-title = Отправка
digest-send-text = Каждый получит одно письмо, сколько бы раз вы ни нажали.
digest-send = { $n ->
    [one] Отправить { $n } человеку
    [few] Отправить { $n } людям
    [many] Отправить { $n } людям
   *[other] Отправить { $n } человека
}
digest-nobody = За это время новостей нет ни у кого, отправлять нечего.
digest-is-open = Эти дни ещё не закончились. Посмотреть можно, а отправить – когда в них уже ничего не произойдёт.

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
