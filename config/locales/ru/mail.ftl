## Shared by all mails.

mail-greeting = Здравствуйте, { $name }!
mail-greeting-plain = Здравствуйте!
mail-you-wrote = Вы написали
mail-link-text = Если кнопка не работает, откройте этот адрес:
mail-reference = Номер обращения: { $reference }

## We have it, this is what happens next.

mail-received-subject = Мы получили ваше обращение ({ $reference })
mail-received-lead = Спасибо, что рассказали нам. Обращение дошло, его прочитает живой человек.
mail-received-promise = Ответим не позднее
mail-received-button = Следить за обращением
mail-received-note = Там видно, что происходит, можно прочитать ответы и дописать то, что забыли. По этой ссылке обращение увидит любой, поэтому не пересылайте её.
mail-received-why = Вы получили это письмо, потому что написали в { $product }.

## The owner of the case writes.

mail-reply-subject = Ответ на обращение «{ $title }»
mail-reply-lead = Вам пишет { $author } по обращению «{ $title }»:
mail-reply-lead-plain = Вам ответили на обращение «{ $title }»:
mail-reply-button = Прочитать и ответить
mail-reply-why = Вы получили это письмо, потому что написали в { $product }.

## What came of it.

mail-closure-subject-solved = Вы сказали — мы сделали ({ $reference })
mail-closure-subject-partly = Часть того, о чём вы просили, готова ({ $reference })
mail-closure-subject-not_possible = Что мы решили по вашему обращению ({ $reference })
mail-closure-subject-no_fault = Что мы выяснили по вашему обращению ({ $reference })
mail-closure-subject-withdrawn = Ваше обращение закрыто ({ $reference })
mail-closure-lead-solved = Вы рассказали, что стоит улучшить. Мы это сделали и хотим, чтобы вы узнали об этом от нас.
mail-closure-lead-partly = Вы рассказали, что стоит улучшить. Часть уже готова — вот что получилось.
mail-closure-lead-not_possible = Вы рассказали, что стоит улучшить. Мы всё обсудили и решили этого не делать. Объясняем почему.
mail-closure-lead-no_fault = Вы рассказали, что что-то пошло не так. Мы разобрались — вот что выяснилось.
mail-closure-lead-withdrawn = Мы закрыли ваше обращение, как вы и просили.
mail-closure-change = О чём шла речь
mail-closure-message-solved = Что мы сделали
mail-closure-message-partly = Что сделано и что осталось
mail-closure-message-not_possible = Почему нет
mail-closure-message-no_fault = Что мы выяснили
mail-closure-message-withdrawn = И ещё пара слов
mail-closure-signed = { $author }, { $product }
mail-closure-ask-solved = Это помогло?
mail-closure-ask-partly = Это помогло?
mail-closure-ask-not_possible = Прочитать и ответить
mail-closure-ask-no_fault = Прочитать и ответить
mail-closure-ask-withdrawn = Прочитать и ответить
mail-closure-ask-note = На странице достаточно одного нажатия. Если не помогло, мы вернёмся к обращению.
mail-closure-reply-note = Если мы что-то упустили, напишите там — мы прочитаем.
mail-closure-why = Вы получили это письмо, потому что написали в { $product }.

## We heard you.

mail-digest-subject = Мы вас услышали: { $period }
mail-digest-title = Мы вас услышали
mail-digest-lead = Что получилось из того, о чём нам рассказали вы и другие, за { $period }.
mail-digest-done = Вы сказали → мы сделали
mail-digest-declined = Решили не делать — и почему
mail-digest-people = { $count ->
    [one] об этом попросил { $count } человек
    [few] об этом попросили { $count } человека
    [many] об этом попросили { $count } человек
   *[other] об этом попросили { $count } человека
}
mail-digest-button = Посмотреть всё
mail-digest-why = Вы получили эту сводку, потому что подписаны на неё.
mail-digest-unsubscribe = Отписаться

## An account, a new password.

mail-invitation-subject = Ваша учётная запись в { $product }
mail-invitation-lead = Для вас создана учётная запись в { $product } — здесь мы отвечаем на то, что нам рассказывают люди. Вас приглашает { $author }.
mail-invitation-lead-plain = Для вас создана учётная запись в { $product } — здесь мы отвечаем на то, что нам рассказывают люди.
mail-invitation-button = Придумать пароль
mail-invitation-expires = Ссылка сработает один раз, до { $until }.
mail-invitation-why = Вы получили это письмо, потому что кто-то указал ваш адрес в { $product }. Если вы его не ждали, ничего делать не нужно.
mail-password-subject = Новый пароль для { $product }
mail-password-lead = Кто-то, скорее всего вы, попросил новый пароль для { $product }.
mail-password-button = Придумать новый пароль
mail-password-expires = Ссылка сработает один раз, до { $until }.
mail-password-note = Если это были не вы, ничего делать не нужно: пароль останется прежним.
mail-password-why = Вы получили это письмо, потому что у вас есть учётная запись в { $product }.
mail-closure-subject-duplicate = О вашем обращении ({ $reference })
mail-closure-lead-duplicate = О том же нам написали и другие, поэтому отвечаем всем сразу.
mail-closure-message-duplicate = Что из этого вышло

## Staff hear of something on their cases.

mail-name-notice = Письмо сотруднику
mail-notice-subject-wrote = Вам ответили
mail-notice-subject-reopened = Ещё не решено: обращение снова открыто
mail-notice-subject-escalated = Человек до сих пор ждёт ответа
mail-notice-subject-mentioned = Коллега упоминает вас
mail-notice-subject-warned = Подходит обещанный срок
mail-notice-subject-missed = Обещанный срок прошёл
mail-notice-subject-raised = Срок прошёл, нужна ваша помощь
mail-notice-subject-asked = Нужно ваше решение
mail-notice-subject-decided = По вашей просьбе есть решение
mail-notice-subject-returned = Письмо вернулось
mail-notice-lead-wrote = Автор обращения написал:
mail-notice-lead-reopened = Автор обращения говорит, что вопрос ещё не решён:
mail-notice-lead-escalated = Обещанный срок прошёл, и человек пишет, что ему никто не ответил:
mail-notice-lead-mentioned = Коллега упоминает вас в заметке:
mail-notice-lead-warned = { $n ->
    [one] У { $n } обращения почти вышел обещанный срок:
    [few] У { $n } обращений почти вышел обещанный срок:
    [many] У { $n } обращений почти вышел обещанный срок:
   *[other] У { $n } обращений почти вышел обещанный срок:
}
mail-notice-lead-missed = { $n ->
    [one] У { $n } обращения прошёл обещанный срок:
    [few] У { $n } обращений прошёл обещанный срок:
    [many] У { $n } обращений прошёл обещанный срок:
   *[other] У { $n } обращений прошёл обещанный срок:
}
mail-notice-lead-raised = { $n ->
    [one] Срок прошёл, а { $n } обращение всё ещё ждёт, поэтому оно передано вам:
    [few] Срок прошёл, а { $n } обращения всё ещё ждут, поэтому они переданы вам:
    [many] Срок прошёл, а { $n } обращений всё ещё ждут, поэтому они переданы вам:
   *[other] Срок прошёл, а { $n } обращений всё ещё ждут, поэтому они переданы вам:
}
mail-notice-lead-asked = Коллега хочет решить вопрос, и ему нужно ваше согласие:
mail-notice-lead-decided = По вашей просьбе об этом обращении есть решение:
mail-notice-lead-returned = Наше письмо автору обращения не дошло. Исправьте адрес на странице обращения, и мы отправим письмо ещё раз. Вот что нам ответили:
mail-notice-why = Вы получили это письмо, потому что работаете с обращениями в { $product }.
mail-closure-ask-duplicate = Это ответ на ваш вопрос?

## A new link for whoever came with an old one.

mail-name-link = Новая ссылка
mail-link-subject = Новая ссылка на ваше обращение ({ $reference })
mail-link-lead = Вот новая ссылка на обращение «{ $title }». Прежняя больше не действует.
mail-link-button = Открыть страницу
mail-link-why = Вы получили это письмо, потому что кто-то открыл старую ссылку на ваше обращение в { $product }.
