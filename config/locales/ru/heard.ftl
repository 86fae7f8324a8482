# «Вы сказали – мы сделали»: страница для всех и ответы её читателей

nav-heard = Вы сказали – мы сделали
heard-title = Вы сказали – мы сделали
heard-intro = О чём нам писали и что из этого вышло: что сделано, от чего решили отказаться и почему, что делается сейчас.
heard-find = Найти
heard-words = Слова
heard-month-label = Месяц
heard-all-months = Все месяцы
heard-topic = Тема
heard-all-topics = Все темы
heard-voice = Для кого
heard-all-voices = Для всех
heard-voice-employee = Для сотрудников
heard-voice-customer = Для клиентов
heard-show = Показать
heard-show-all = Показать всё
heard-found = { $count ->
    [0] Об этом пока нечего рассказать.
    [one] Найдено: { $count }
    [few] Найдено: { $count }
   *[many] Найдено: { $count }
}
heard-none = Рассказать пока нечего
heard-none-text = Как только выйдет первый дайджест, здесь можно будет прочитать, что сделано.
heard-speak = Написать нам
heard-section-done = Сделано
heard-section-declined = Решили не делать
heard-section-doing = Делается
heard-you-said = Вы сказали
heard-quoted = Вы сказали: «{ $words }»
heard-people = { $count ->
    [one] Об этом просил { $count } человек
    [few] Об этом просили { $count } человека
   *[many] Об этом просили { $count } человек
}
heard-month = { $month ->
    [m1] Январь
    [m2] Февраль
    [m3] Март
    [m4] Апрель
    [m5] Май
    [m6] Июнь
    [m7] Июль
    [m8] Август
    [m9] Сентябрь
    [m10] Октябрь
    [m11] Ноябрь
   *[m12] Декабрь
} { $year }
heard-all = Прочитать всё
heard-atom = Лента Atom
heard-json = Лента JSON
heard-wall = На большом экране
heard-wall-address = Прочитать самим: { $address }
heard-wall-steps = Переходы
heard-wall-pause = Остановить
heard-wall-go = Дальше
heard-withdraw = Убрать с этой страницы
heard-withdraw-text = Запись сразу исчезнет со страницы, из лент и с других сайтов. Отправленные письма останутся как есть.
heard-withdraw-do = Убрать
heard-withdrawn = Убрано со страницы
heard-put-back = Вернуть
heard-flash-withdrawn = Со страницы убрано.
heard-flash-returned = Снова на странице.
heard-share = Показать в другом месте
heard-share-title = «Вы сказали – мы сделали» в других местах
heard-share-text = Здесь показано только то, что можно читать всем.
heard-share-en = По-английски
heard-share-ru = По-русски
heard-share-frame = На вашем сайте
heard-share-frame-hint = Вставьте это на свою страницу. Чтобы показать другое число записей, добавьте к адресу &n=3, чтобы показать одну тему – &topic=.
heard-share-try = Посмотреть
heard-share-page = Страница
heard-by = Срок: { $date }
heard-unsolved = Вопрос не решён
heard-unsolved-text = Тогда мы вернёмся к вашему обращению. Тот, кто над ним работает, прочитает ваши слова и ответит вам.
heard-unsolved-why = Что ещё не так?
heard-unsolved-do = Вопрос не решён
heard-goes-on = Вы сообщили, что вопрос не решён. Мы снова над ним работаем.
heard-say = Написать об этом
heard-say-text = Что вы хотите сказать
heard-answer-who = Вы пришли по личной ссылке. Ваши слова придут к нам с вашим именем, и вам ответят.
heard-flash-unsolved = Спасибо. Мы снова взялись за этот вопрос.
heard-flash-goes-on = Мы уже работаем над этим.

# Благодарности

thanks-title = Благодарности
thanks-intro = Тому, чья идея воплотилась, стоит сказать спасибо. Письма уже готовы: перепишите их своими словами или оставьте как есть.
thanks-draft = ваша идея воплотилась: «{ $change }». Вы заметили, что можно сделать лучше, и сказали об этом – теперь всем нам лучше работается. Спасибо!
thanks-said = Что предложил автор
thanks-text = Ваши слова
thanks-due = Если ничего не делать, письмо уйдёт само: { $day }.
thanks-send = Отправить сейчас
thanks-save = Сохранить
thanks-drop = Не отправлять
thanks-none = Благодарить пока некого
thanks-none-text = Как только воплотится чья-то идея из вашей команды, здесь появится готовое письмо.
thanks-sent = Отправлено
thanks-flash-sent = Благодарность отправлена.
thanks-flash-dropped = Письмо не уйдёт.
error-thanks-changed = Пока вы смотрели, письмо кто-то изменил, отправил или отменил. Посмотрите ещё раз.

# Идеи команды

nav-team = Моя команда
team-title = Воплощённые идеи
team-of = { $team }: воплощённые идеи
team-intro = Что придумали в команде и что из этого вышло.
team-idea-of = Идея:
team-idea-unnamed = Идея коллеги
team-none = Пока ни одна идея не воплотилась
team-none-text = Расскажите, от чего работать станет лучше: когда это сделают, идея появится здесь.
team-no-team = Вы пока не в команде
team-no-team-text = Добавить вас может администратор. Написать, что стоит улучшить, можно и сейчас.
mail-thanks-subject = Спасибо за идею: { $change }
mail-thanks-title = Спасибо за вашу идею
mail-thanks-said = Вы писали
mail-thanks-button = Идеи вашей команды
mail-thanks-why = Вы получили это письмо, потому что ваша идея, присланная в { $product }, воплощена.
mails-when-thanks = Когда воплощена идея, которую сотрудник прислал под своим именем: как только её отправит руководитель команды или через три рабочих дня.
mails-when-thanks-plain = То же, если слов никто не менял.
