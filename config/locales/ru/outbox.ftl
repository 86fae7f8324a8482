outbox-title = Исходящие
outbox-local = Почтовый сервер не задан. Письма остаются здесь и в файлах рядом с базой, наружу ничего не уходит.
outbox-stopped = Сейчас ничего не отправляется
outbox-stopped-repair = Почта остановилась, нужно вмешательство
outbox-stopped-reason = Почтовый сервер отвечает:
outbox-stopped-since = С
outbox-stopped-until = Следующая попытка:
outbox-stopped-trying = Прямо сейчас пробуем снова.
outbox-stopped-kept = Ни одно письмо не потеряно: все ждут.
outbox-go-on = Попробовать сейчас
outbox-alarm = Почта перестала уходить.
outbox-alarm-link = Узнать почему
outbox-busy = { $count ->
    [one] Сегодня на { $domain } ушло { $count } письмо.
    [few] Сегодня на { $domain } ушло { $count } письма.
   *[other] Сегодня на { $domain } ушло { $count } писем.
} Если их больше 5 000 в день, крупные почтовые службы отправляют их в спам, когда домен отправителя для этого не настроен.
outbox-all = Все
outbox-none = Таких писем нет
outbox-none-text = Введите адрес целиком или номер вроде F-7QK3M9X, либо посмотрите
outbox-search = Адрес или номер обращения
outbox-test = Отправить мне пробное письмо
outbox-subject = Тема
outbox-to = Кому
outbox-state = Состояние
outbox-written = Написано
outbox-sent = Отправлено
outbox-retry = Попробовать ещё раз
outbox-cancel = Не отправлять
outbox-look-again = Посмотреть ещё раз
outbox-next = Следующая попытка:
outbox-due = Срок:
outbox-html = Письмо в HTML
outbox-text = Простым текстом
outbox-empty = Писем пока нет
outbox-empty-text = Как только кто-то оставит обращение с адресом, здесь появится подтверждение.
mail-will-be-tried = Попробуем ещё раз через мгновение.
mail-cancelled = Письмо не будет отправлено.
mail-goes-on = Сейчас уйдёт одно письмо; если получится, за ним последуют остальные.
mail-test-queued = Пробное письмо в пути. Посмотрите ещё раз через мгновение, что с ним стало.
error-mail-moved-on = С этим письмом уже что-то произошло. Пожалуйста, посмотрите на него ещё раз.

## Состояние письма одной фразой.

outbox-is-queued = Уйдёт через мгновение.
outbox-is-put-off = Ждёт своей очереди: адресат приостановил письма или его почтовой службе пока отправлено достаточно.
outbox-is-leased = Прямо сейчас отправляется.
outbox-is-sent = Письмо принял почтовый сервер адресата или наш сервер по пути к нему.
outbox-is-kept = Лежит в местном ящике; наружу ничего не ушло.
outbox-is-sent-twice = Письмо принято. Возможно, оно отправлено дважды: после одной из попыток было неясно, дошло ли оно. У обоих один и тот же номер, и многие почтовые программы покажут только одно.
outbox-is-retry = Пока не получилось. Письмо будет отправляться снова само, больше трёх дней.
outbox-is-unknown = Связь прервалась в тот момент, когда сервер уже мог принять письмо. Попробуем ещё один раз, поэтому оно может прийти дважды. У обоих один и тот же номер, и многие почтовые программы покажут только одно.
outbox-is-failed = Отправить не удалось, письмо ждёт вас. Ответ сервера ниже.
outbox-is-failed-unknown = Отправить не удалось: связь дважды прервалась в тот момент, когда сервер уже мог принять письмо. Возможно, оно дошло, даже дважды.
outbox-is-disabled = Не отправлено: учётная запись адресата отключена.
outbox-is-unsubscribed = Не отправлено: адресат не хочет получать такие письма.
outbox-is-cancelled = Не отправлено по решению администратора.
outbox-is-undeliverable = Не отправлено: на этот адрес письма не доходят. Если вы знаете, что он работает, попробуйте ещё раз.
outbox-reply-disabled = Учётная запись отключена.
outbox-reply-unsubscribed = Отписка.
outbox-reply-cancelled = Задержано администратором.
outbox-reply-corrected = Адрес исправлен.
outbox-reply-undeliverable = На этот адрес письма не доходят:

## Чем закончилась каждая попытка.

outbox-tries = Попытки
outbox-tries-none = Попыток ещё не было.
outbox-try-at = Когда
outbox-try-outcome = Что произошло
outbox-try-said = Что ответили
outbox-try-node = Кто отправлял
outbox-try-sent = Принято
outbox-try-retry = Не сейчас
outbox-try-refused = Такого адреса нет
outbox-try-failed = Отказ
outbox-try-unknown = Неизвестно, дошло ли
outbox-try-stopped = Сервер нас не принял
outbox-try-unreachable = Сервер не отвечал
outbox-try-suppressed = Не отправлено
outbox-try-unrenderable = Письмо не удалось составить
outbox-try-returned = Письмо вернулось

## Письмо самому себе.

mail-name-test = Пробное письмо
mail-test-subject = Проба: письма из { $product } доходят
mail-test-preheader = Это письмо дошло: почта отправляется.
mail-test-title = Письма доходят
mail-test-lead = Это проба. Если вы это читаете, { $product } умеет отправлять письма.
mail-test-asked = Вы попросили об этом { $at }.
mail-test-button = Посмотреть, что с ним стало
mail-test-why = Вы получили это письмо, потому что попросили о нём на странице исходящих в { $product }.
