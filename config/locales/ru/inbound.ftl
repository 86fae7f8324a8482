# Входящая почта.

inbound-title = Входящая почта
inbound-text = Письма на { $address } становятся обращениями, а ответы попадают в свои. Что не удалось разобрать, ждёт здесь: ничего не пропадает.
inbound-off = Адрес для входящей почты не задан. Укажите inbound.address, чтобы вам могли писать.
inbound-imap-looked = Почтовый ящик прочитан
inbound-imap-failed = Почтовый ящик не читается с
inbound-state = Состояние
inbound-state-quarantined = Ждут вас
inbound-state-new = Читаются
inbound-state-done = Приняты
inbound-state-ignored = От программ
inbound-mail = Письмо
inbound-reason = Почему
inbound-came = Пришло
inbound-source-hook = от почтового сервера
inbound-source-command = командой
inbound-source-imap = из почтового ящика
inbound-no-subject = Без темы
inbound-no-sender-known = отправитель неизвестен
inbound-empty = Здесь пусто
inbound-empty-text = Здесь появятся письма в этом состоянии.
inbound-about = К обращению
inbound-quoted = Цитата
inbound-files = Вложения:
inbound-raw = Скачать письмо как есть
inbound-what = Что с ним сделать?
inbound-read-again = Прочитать ещё раз
inbound-new-case = Завести обращение
inbound-belongs = Оно относится к обращению
inbound-belongs-hint = номер, например F-7QK3M9X
inbound-put = Добавить туда
inbound-will-be-read = Сейчас прочитаем ещё раз.
inbound-decided = Готово.
inbound-decided-already = С этим письмом уже кто-то разобрался.
inbound-unreadable = Это письмо не удаётся прочитать, поэтому обращения из него не получится. Скачайте его и посмотрите, что внутри.
inbound-no-sender = В письме не указано, кто его написал, поэтому обращения из него не получится.
inbound-no-such-case = Обращения с таким номером нет.

# Почему оно здесь: сначала те, что ждут, потом те, которые писал не человек.

inbound-reason-not_a_mail = Это не письмо, или оно повреждено.
inbound-reason-too_large = Оно больше 25 МБ.
inbound-reason-too_many_parts = В нём слишком много частей.
inbound-reason-too_deep = В нём слишком глубокая вложенность.
inbound-reason-too_many_headers = В нём слишком много заголовков.
inbound-reason-panicked = Прочитать его не удалось.
inbound-reason-gave_up = Его несколько раз начинали читать и не смогли закончить.
inbound-reason-no_sender = Не указано, кто его написал, или указано сразу несколько человек.
inbound-reason-not_for_us = Оно адресовано не нам.
inbound-reason-empty = Оно пустое.
inbound-reason-too_many = Писем больше, чем пишет человек.
inbound-reason-forged = Отправитель не тот, за кого себя выдаёт.
inbound-reason-refused = В нём есть то, что мы не можем принять:
inbound-reason-unverified = Добавлено к обращению, но неизвестно, кто на самом деле его написал.
inbound-reason-own = Вернулось наше собственное письмо.
inbound-reason-bounce = Письмо не удалось доставить.
inbound-reason-forged_bounce = В нём сказано, что письмо не доставлено, но мы такого не отправляли.
inbound-reason-unsubscribed = Человек отказался от рассылки.
inbound-reason-notice = Уведомление почтового сервера или о прочтении.
inbound-reason-spam_report = Наше письмо отметили как спам.
inbound-reason-auto_reply = Автоответ.
inbound-reason-generated = Написано программой.
inbound-reason-list = Из рассылки.
inbound-reason-bulk = Массовая рассылка.

# В истории обращения.

event-auto_replied = пришёл автоответ
event-bounce_received = письмо об этом обращении не удалось доставить { $status }
event-files_left = эти файлы остались в самом письме, спросите их у администратора: { $files }
