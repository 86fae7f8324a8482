# Написать нам и что за это получают.

feedback-title = Что сделать лучше?
feedback-who-reads = Прочтёт человек: команда, которая может помочь, и те, кто решает об изменениях. Ответим не позже этого дня: { $day }.
feedback-text = Расскажите своими словами
feedback-look-similar = Посмотреть, не писал ли об этом кто-то ещё
feedback-similar = Похожее уже писали
feedback-me-too = И мне важно
feedback-own-title = Дать свой заголовок
feedback-own-title-label = Заголовок
feedback-own-title-hint = если не заполнить, возьмём первое предложение
feedback-kind = Что это?
feedback-topic = О чём это?
feedback-no-topic = Не знаю
feedback-affected = Где это происходит и кого касается?
feedback-affected-hint = необязательно, например: магазин на улице Ленина, новые клиенты
feedback-voice = Вы пишете как
feedback-voice-employee = сотрудник
feedback-voice-customer = клиент
feedback-answer = Как вам ответить?
feedback-answer-me = От своего имени: { $name }
feedback-answer-me-hint = вы вошли; ответ придёт на адрес вашего профиля
feedback-answer-email = По почте
feedback-answer-email-hint = адрес увидят только те, кто этим занимается
feedback-answer-anonymous = Анонимно, с кодом
feedback-answer-anonymous-hint = имя, адрес и время дня не сохраняются; ответ можно прочитать по коду
feedback-email = Почта
feedback-name = Ваше имя
feedback-digest = Раз в месяц рассказывать мне, что изменилось
feedback-send = Отправить
feedback-trap = Оставьте это поле пустым
feedback-have-code = Уже писали нам?

feedback-received-title = Спасибо, мы получили
feedback-received-promise = Ответим не позже этого дня: { $day }.
feedback-reference = Номер
feedback-promised = Ответ до
feedback-follow = Следить здесь
feedback-mail-follows = Если вы оставили почту, эта же ссылка скоро придёт и туда.
feedback-code-title = Ваш код
feedback-code-once = Код показан только сейчас. Без него ответ не открыть, а нового мы сделать не сможем. Запишите его или распечатайте.
feedback-say-more = Написать ещё

# Что не так с полем или с запросом

error-signed-out = Вы больше не в системе. Выберите другой способ или войдите и отправьте ещё раз.
error-needs-token = Это поле можно заполнить только с токеном, которому разрешено записывать отзывы.
error-anonymous-contact = У анонимного отзыва нет контакта: оставьте что-то одно.
error-external-id-taken = Из этого канала уже пришёл отзыв с таким external_id.
error-future = Это время ещё не наступило.
error-unreadable = Не получается прочитать это значение.
error-idempotency-key = В Idempotency-Key должно быть от 16 до 200 видимых знаков, чтобы его нельзя было угадать.
error-idempotency-reused = Этот Idempotency-Key уже был у другого запроса.
error-view-or-filter = Вид нельзя сочетать с состоянием или ответственным.
feedback-nothing-similar = Такого ещё никто не говорил. Вы первые.
