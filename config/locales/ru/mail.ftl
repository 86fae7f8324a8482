## Shared by all mails.

mail-greeting = Здравствуйте, { $name }!
mail-greeting-plain = Здравствуйте!
mail-you-wrote = Вы написали
mail-link-text = Если кнопка не работает, откройте этот адрес:
mail-reference = Номер обращения: { $reference }

## Under every mail.

mail-can-reply = На это письмо можно просто ответить.
mail-choose = Выбрать, какие письма получать
mail-choose-text = Какие письма получать и на каком языке, решаете вы:

## We have it, this is what happens next.

mail-received-subject = Мы получили ваше обращение ({ $reference })
mail-received-preheader = Его прочитает живой человек. Срок ответа: { $promised }.
mail-received-title = Мы получили ваше обращение
mail-received-lead = Спасибо, что рассказали. Обращение прочитает живой человек — и ответит вам.
mail-received-promise = Срок ответа
mail-received-button = Посмотреть, что с обращением
mail-received-note = На этой странице видно, что происходит, там же наши ответы — и можно дописать то, что забыли. По ссылке обращение увидит любой, поэтому не пересылайте её.
mail-received-why = Вы получили это письмо, потому что написали в { $product }.

## The owner of the case writes.

mail-reply-subject = Ответ на обращение «{ $title }»
mail-reply-title = Вам пишет { $author }
mail-reply-title-plain = У нас есть для вас ответ
mail-reply-about = Об обращении «{ $title }»
mail-reply-button = Прочитать и ответить
mail-reply-why = Вы получили это письмо, потому что написали в { $product }.

## What came of it.

mail-closure-subject-solved = Вы сказали — мы сделали ({ $reference })
mail-closure-subject-partly = Часть того, о чём вы просили, готова ({ $reference })
mail-closure-subject-not_possible = Что мы решили по вашему обращению ({ $reference })
mail-closure-subject-no_fault = Что мы выяснили по вашему обращению ({ $reference })
mail-closure-subject-duplicate = Что вышло из вашего обращения ({ $reference })
mail-closure-subject-withdrawn = Ваше обращение закрыто ({ $reference })
mail-closure-title-solved = Вы сказали — мы сделали
mail-closure-title-partly = Часть уже готова
mail-closure-title-not_possible = Мы решили этого не делать
mail-closure-title-no_fault = Мы разобрались
mail-closure-title-duplicate = Вы не одни так думаете
mail-closure-title-withdrawn = Обращение закрыто
mail-closure-lead-solved = Вы рассказали, что стоит улучшить. Мы это сделали — и хотим, чтобы вы узнали об этом от нас.
mail-closure-lead-partly = Вы рассказали, что стоит улучшить. Часть уже готова — вот что получилось.
mail-closure-lead-not_possible = Вы рассказали, что стоит улучшить. Мы всё обдумали и решили этого не делать. Объясняем почему.
mail-closure-lead-no_fault = Вы рассказали, что что-то пошло не так. Мы проверили — вот что выяснилось.
mail-closure-lead-duplicate = О том же нам написали и другие, поэтому отвечаем всем сразу.
mail-closure-lead-withdrawn = Как вы и просили. Спасибо, что рассказали нам.
mail-closure-change = Что изменилось
mail-closure-message-solved = Что мы сделали
mail-closure-message-partly = Что сделано и что осталось
mail-closure-message-not_possible = Почему нет
mail-closure-message-no_fault = Что мы выяснили
mail-closure-message-duplicate = Что из этого вышло
mail-closure-message-withdrawn = И ещё пара слов
mail-closure-signed = { $author }, { $product }
mail-closure-ask-solved = Это решило вопрос?
mail-closure-ask-partly = Это помогло?
mail-closure-ask-not_possible = Видите это иначе?
mail-closure-ask-no_fault = Мы что-то упустили?
mail-closure-ask-duplicate = Это ответ на ваш вопрос?
mail-closure-ask-withdrawn = Есть что добавить?
mail-closure-button-yes-no = Ответить: да или нет
mail-closure-button-write = Написать нам
mail-closure-ask-note = Достаточно одного нажатия. Если не помогло, мы вернёмся к обращению.
mail-closure-reply-note = Мы прочитаем всё, что вы там напишете, и ответим.
mail-closure-why = Вы получили это письмо, потому что написали в { $product }.

## We heard you.

mail-name-digest = Дайджест
mail-digest-subject = Мы вас услышали: { $period }
mail-digest-title = Мы вас услышали
mail-digest-lead = Что вышло из того, о чём рассказали вы и другие. { $period }.
mail-digest-done = Вы сказали → мы сделали
mail-digest-declined = Решили не делать — и почему
mail-digest-doing = В работе — и к какому сроку
mail-digest-late = Это заняло больше времени, чем мы обещали. Работа продолжается.
mail-digest-by = Сделаем к дате: { $date }.
mail-digest-somebody-said = Нам написали
mail-digest-unsolved = Вопрос не решён
mail-digest-say = Написать об этом
mail-digest-numbers = В цифрах
mail-digest-quick-fixes = Быстрые улучшения: { $shipped } из { $most } намеченных на месяц.
mail-digest-told = { $n ->
    [one] { $n } раз мы рассказали людям, что вышло из их слов.
    [few] { $n } раза мы рассказали людям, что вышло из их слов.
    [many] { $n } раз мы рассказали людям, что вышло из их слов.
   *[other] { $n } раза мы рассказали людям, что вышло из их слов.
}
mail-digest-answered = { $n ->
    [one] { $n } раз нам ответили, помогло ли это.
    [few] { $n } раза нам ответили, помогло ли это.
    [many] { $n } раз нам ответили, помогло ли это.
   *[other] { $n } раза нам ответили, помогло ли это.
}
mail-digest-helped = { $n ->
    [one] Помогло { $n } раз.
    [few] Помогло { $n } раза.
    [many] Помогло { $n } раз.
   *[other] Помогло { $n } раза.
}
mail-digest-ask = О чём спросим теперь
mail-digest-you-said = Вы сказали
mail-digest-people = { $count ->
    [one] об этом попросил { $count } человек
    [few] об этом попросили { $count } человека
    [many] об этом попросили { $count } человек
   *[other] об этом попросили { $count } человека
}
mail-digest-button = Посмотреть всё
mail-digest-why = Вы получили эту сводку, потому что подписались на неё.
mail-digest-unsubscribe = Отписаться

## An account, a new password.

mail-name-invitation = Приглашение
mail-invitation-subject = Ваша учётная запись в { $product }
mail-invitation-preheader = Придумайте пароль — и можно начинать.
mail-invitation-title = Добро пожаловать в { $product }
mail-invitation-lead = Для вас создана учётная запись в { $product } — здесь мы отвечаем на то, что нам рассказывают люди. Вас приглашает { $author }. Придумайте пароль — и можно начинать.
mail-invitation-lead-plain = Для вас создана учётная запись в { $product } — здесь мы отвечаем на то, что нам рассказывают люди. Придумайте пароль — и можно начинать.
mail-invitation-button = Придумать пароль
mail-invitation-expires = Ссылка сработает один раз, до { $until }.
mail-invitation-why = Вы получили это письмо, потому что в { $product } указали ваш адрес. Если вы его не ждали, ничего делать не нужно.

mail-name-password = Новый пароль
mail-password-subject = Новый пароль для { $product }
mail-password-preheader = Ссылка сработает один раз. Если просили не вы, ничего не изменится.
mail-password-title = Придумайте новый пароль
mail-password-lead = Кто-то — скорее всего, вы — попросил новый пароль для { $product }.
mail-password-button = Придумать новый пароль
mail-password-expires = Ссылка сработает один раз, до { $until }.
mail-password-note = Это были не вы? Тогда ничего делать не нужно: пароль останется прежним.
mail-password-why = Вы получили это письмо, потому что у вас есть учётная запись в { $product }.

mail-name-password-changed = Пароль изменён
mail-password-changed-subject = Ваш пароль для { $product } изменён
mail-password-changed-preheader = Это были вы? Тогда всё в порядке. Если нет, читайте дальше.
mail-password-changed-title = Ваш пароль изменён
mail-password-changed-lead = Пароль вашей учётной записи в { $product } изменён: { $at }. Сеансы на всех других устройствах завершены.
mail-password-changed-you = Это были вы? Тогда всё в порядке, ничего делать не нужно.
mail-password-changed-not-you = Это были не вы? Сразу придумайте новый пароль и сообщите администратору.
mail-password-changed-button = Это не я: придумать новый пароль
mail-password-changed-why = Вы получили это письмо, потому что у вас есть учётная запись в { $product }. Мы пишем каждый раз, когда её пароль меняется.

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
mail-notice-subject-digest_late = Дайджест ждёт одобрения
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
mail-notice-lead-digest_late = Пора его отправлять, но никто ещё не одобрил. Он уйдёт, как только это сделают:
mail-notice-button = Открыть обращение
mail-notice-button-asked = Посмотреть просьбу
mail-notice-button-digest_late = Открыть дайджест
mail-notice-why = Вы получили это письмо, потому что работаете с обращениями в { $product }.

## A new link for whoever came with an old one.

mail-name-link = Новая ссылка
mail-link-subject = Новая ссылка на ваше обращение ({ $reference })
mail-link-preheader = Прежняя больше не действует.
mail-link-title = Ваша новая ссылка
mail-link-lead = Вот новая ссылка на обращение «{ $title }». Прежняя больше не действует.
mail-link-button = Открыть страницу
mail-link-note = По ссылке обращение увидит любой, поэтому не пересылайте её. Если вы её не просили, ничего делать не нужно.
mail-link-why = Вы получили это письмо, потому что кто-то открыл старую ссылку на ваше обращение в { $product }.

## Совет принял решения.

mail-name-minutes = Протокол совета
mail-minutes-subject = Протокол: { $council }
mail-minutes-preheader = { $n ->
    [one] Решён или отмечен { $n } вопрос.
    [few] Решено или отмечено { $n } вопроса.
    [many] Решено или отмечено { $n } вопросов.
   *[other] Решено или отмечено { $n } вопроса.
  }
mail-minutes-title = { $council }: протокол
mail-minutes-lead = Заседание совета: { $date }. Протокол подписан ({ $name }), решения вступили в силу.
mail-minutes-nothing = Решений не было.
mail-minutes-button = Открыть протокол
mail-minutes-why = Вы получили это письмо, потому что входите в совет в { $product }.
## Заседание совета, вместе с записью для календаря.

mail-name-thanks = Спасибо за идею
mail-name-council = Заседание совета
mail-council-subject-invited = { $council }: { $when }
mail-council-subject-moved = Новое время: { $council }, { $when }
mail-council-subject-changed = Изменения: { $council }, { $when }
mail-council-subject-cancelled = Отменено: { $council }, { $when }
mail-council-subject-left = Убрано из календаря: { $council }, { $when }
mail-council-subject-reminded = Завтра: { $council }, { $when }
mail-council-title-invited = Заседание совета
mail-council-title-moved = Совет соберётся в другое время
mail-council-title-changed = В заседании кое-что изменилось
mail-council-title-cancelled = Заседание отменено
mail-council-title-left = Вы больше не входите в совет
mail-council-title-reminded = Совет собирается завтра
mail-council-lead-invited = Приглашаем вас на ближайшее заседание: «{ $council }».
mail-council-lead-moved = Заседание перенесено: «{ $council }».
mail-council-lead-changed = У заседания «{ $council }» другое место, название или длительность.
mail-council-lead-cancelled = Заседание «{ $council }» не состоится.
mail-council-lead-left = Вы вышли из состава «{ $council }», поэтому заседание исчезнет из вашего календаря. Спасибо, что были с нами!
mail-council-lead-reminded = Вот о чём пойдёт речь: «{ $council }».
mail-council-lasts = { $minutes } мин
mail-council-agenda = Что уже в повестке
mail-council-minutes = { $n } мин
mail-council-quick-fix = годится в быстрые
mail-council-button = Открыть повестку
mail-council-button-see = Открыть заседание
mail-council-ask = Там видно, кто и что стоит за каждым вопросом, и можно спросить заранее.
mail-council-why = Вы получили это письмо, потому что входите в совет { $product } или кого-то в нём замещаете.

## Поручение совета.

mail-name-action = Напоминание о поручении
mail-action-subject-soon = Вы кое-что обещали совету
mail-action-subject-late = Срок поручения совета прошёл
mail-action-lead-soon = { $n ->
    [one] Скоро срок того, что вы обещали совету.
    [few] Скоро срок того, что вы обещали совету: { $n } дела.
   *[many] Скоро срок того, что вы обещали совету: { $n } дел.
}
mail-action-lead-late = { $n ->
    [one] День, к которому вы обещали это совету, прошёл.
    [few] Сроки этих { $n } дел, обещанных совету, прошли.
   *[many] Сроки этих { $n } дел, обещанных совету, прошли.
}
mail-action-until = До { $day }
mail-action-button = Открыть мою очередь
mail-action-note = Уже сделано? Отметьте это там. Иначе с этого начнётся следующее заседание.
mail-action-why = Вы получили это письмо, потому что на совете { $product } взяли на себя поручение.
