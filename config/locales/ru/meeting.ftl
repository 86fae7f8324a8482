# Совет во время заседания: экран, телефоны, решения.

meeting-title = Заседание
meeting-chair = Ведёт { $name }
meeting-chair-tools = Для ведущего
meeting-quorum = Кворум
meeting-seat-operations = Операции
meeting-seat-quality = Качество
meeting-seat-wfm = Планирование (WFM)
meeting-seat-front_line = Первая линия
meeting-seat-other = Другие
meeting-needed = нужно { $n }
meeting-quick-fixes = Быстрые улучшения
meeting-quick-fix = Быстрое улучшение
meeting-quota = { $taken } из { $most }
meeting-of-minutes = из { $n } мин
meeting-minutes = { $n } мин
meeting-overtime = время вышло

meeting-planned-title = Заседание ещё не началось
meeting-planned-text = { $date }. В повестке { $n ->
    [one] { $n } вопрос
    [few] { $n } вопроса
    [many] { $n } вопросов
   *[other] { $n } вопроса
  }.
meeting-planned-wait = Как только ведущий начнёт, вы увидите это здесь.
meeting-start = Начать заседание
meeting-over-title = Заседание окончено
meeting-over-text = Решения записаны в протоколе. Они вступят в силу, когда ведущий его подпишет.
meeting-signed-text = Протокол подписан, решения вступили в силу.
meeting-to-minutes = К протоколу
meeting-resume = Закончили рано: продолжить
meeting-was-cancelled = Это заседание отменено
meeting-nothing-shown = На экране пока пусто
meeting-nothing-shown-text = Ведущий выберет следующий вопрос из повестки.

meeting-kind-action = Обещали раньше
meeting-kind-promise = Обещание не выполнено
meeting-kind-shipped = Сделано с прошлого раза
meeting-kind-returned = Вернулось после паузы
meeting-kind-stalled = Принято, но стоит на месте
meeting-kind-change = Из списка изменений
meeting-kind-topic = Тема

meeting-people = Людей за этим
meeting-voices = Сотрудники / клиенты
meeting-ex = Польза для EX
meeting-cx = Польза для CX
meeting-effort = Человеко-месяцев
meeting-confidence = Уверенность
meeting-score = Приоритет
meeting-proposal = Что предлагают
meeting-questions = Спрашивали заранее
meeting-change-gone = Пока совет заседал, с этим изменением уже что-то решили: { $status }. Голосовать больше не о чем, отметьте это и идите дальше.

meeting-voting = Идёт голосование
meeting-voting-text = Пока голоса не откроют все сразу, никто не видит чужой выбор.
meeting-voted = Проголосовали { $n } из { $of }.
meeting-tally = Как проголосовал совет
meeting-vote-accept = Принять
meeting-vote-not_now = Не сейчас
meeting-vote-decline = Отклонить
meeting-vote-need_data = Нужны данные
meeting-means-accept = Появится ответственный и срок.
meeting-means-not_now = Вернёмся к нему в этот день.
meeting-means-decline = Тем, кто просил, объяснят почему.
meeting-means-need_data = К сроку кто-то всё выяснит.
meeting-decided-accept = Принято
meeting-decided-not_now = Не сейчас
meeting-decided-decline = Отклонено
meeting-decided-need_data = Сначала данные
meeting-decided-noted = Принято к сведению
meeting-recommended-accept = Совет рекомендует принять
meeting-recommended-not_now = Совет рекомендует отложить
meeting-recommended-decline = Совет рекомендует отклонить
meeting-recommended-need_data = Совет рекомендует собрать данные
meeting-recommended-noted = Принято к сведению
meeting-recommended-text = Кворума не было. Решение вступит в силу, когда его утвердит заседание с кворумом.
meeting-short-accept = принято
meeting-short-not_now = не сейчас
meeting-short-decline = отклонено
meeting-short-need_data = нужны данные
meeting-short-noted = отмечено
meeting-short-recommended = рекомендация
meeting-owner-accept = Делает { $name }
meeting-owner-not_now = Следит { $name }
meeting-owner-decline = Отвечает { $name }
meeting-owner-need_data = Данные собирает { $name }
meeting-owner-noted = { $name }
meeting-due-accept = срок: { $date }
meeting-due-not_now = вернёмся { $date }
meeting-due-decline = срок: { $date }
meeting-due-need_data = срок: { $date }
meeting-due-noted = срок: { $date }
meeting-quota-because = Сверх квоты, потому что: { $reason }
meeting-ratified = утверждено

meeting-open-vote = Начать голосование
meeting-reveal = Открыть голоса
meeting-vote-again = Проголосовать заново
meeting-decide-without = Решить без голосования
meeting-change-decision = Изменить решение
meeting-decision = Решение
meeting-reason = Причина
meeting-reason-hint = Одно-два предложения для протокола.
meeting-note = Заметка
meeting-owner = Ответственный
meeting-choose = Выберите человека
meeting-due = Срок
meeting-is-quick-fix = Быстрое улучшение: сделаем до следующего заседания
meeting-quota-left = в этом месяце занято { $taken } из { $most }
meeting-quota-reason = { $most ->
    [0] Быстрых улучшений на месяц не запланировано. Почему нужно это?
    [one] Быстрое улучшение этого месяца уже выбрано. Почему нужно ещё одно?
    [few] Все { $most } быстрых улучшения этого месяца уже выбраны. Почему нужно ещё одно?
    [many] Все { $most } быстрых улучшений этого месяца уже выбраны. Почему нужно ещё одно?
   *[other] Все { $most } быстрых улучшения этого месяца уже выбраны. Почему нужно ещё одно?
  }
meeting-decide = Записать в протокол
meeting-note-do = Отметить
meeting-next = Дальше: { $title }
meeting-end = Закончить заседание
meeting-end-text = Код для телефонов перестанет работать, а нерешённое останется открытым. Если закончили рано, сегодня ещё можно продолжить.
meeting-end-do = Закончить и открыть протокол

meeting-agenda = Повестка
meeting-no-agenda = Повестка пуста.
meeting-pace = В таком темпе до { $at }, по плану до { $end }
meeting-join = Войти с телефона
meeting-join-at = Наведите камеру или откройте { $address } и введите код.
meeting-join-here = Занять место на этом устройстве
meeting-vote-here = Голосовать на этом устройстве
meeting-qr = QR-код со ссылкой для входа
meeting-here = Здесь { $n } из { $of }
meeting-for = { $name }, замещает: { $member }
meeting-has-voted = есть голос
meeting-not-here = ещё нет
meeting-free = { $name }: освободить место, человека здесь нет
meeting-to-ratify = Ждёт утверждения
meeting-ratify = Утвердить
meeting-ratify-later = Чтобы утвердить, нужен кворум.
meeting-take-chair = Вести заседание
meeting-take-chair-text = Сейчас ведёт { $name }.
meeting-way-out = К странице заседания

meeting-join-title = Войти на заседание
meeting-join-text = Код показан на экране в комнате.
meeting-code = Код
meeting-code-hint = шесть букв и цифр
meeting-join-do = Войти
meeting-join-sign-in = Можно войти и без кода:
meeting-who-are-you = Кто вы?
meeting-instead-of = замещает: { $name }
meeting-place-taken = { $member } на заседании, замещать не нужно
meeting-place-here = уже здесь; нажмите, чтобы продолжить на этом телефоне
meeting-connection-lost = Нет связи. Мы пробуем снова: ваш голос уйдёт, как только она появится.
meeting-wall-lost = Нет связи. Экран может отставать и обновится, как только она появится.
meeting-seat-lost = Сейчас у вас нет места: пришёл сам участник совета или ведущий освободил место.
meeting-seat-again = Занять место
meeting-your-vote-counts = Ваш голос принят. Его можно изменить, пока голоса не открыли.
meeting-vote-silent = Ваш выбор никто не увидит, пока не откроют все голоса.
meeting-your-vote = Ваш голос: { $vote }
meeting-phone-deciding = Ведущий записывает решение.
meeting-phone-wait = Голосование ещё не началось. Кнопки появятся здесь.
meeting-phone-listen = Здесь голосовать не нужно. Посмотрите на экран.
meeting-phone-nothing = Сейчас появится следующий вопрос.
meeting-phone-over = Спасибо, что участвовали. Протокол придёт на почту, когда его подпишут.
meeting-look-again = Обновить
meeting-leave = Мне нужно уйти
meeting-leave-text = Ваше место освободится, и его может занять ваш заместитель. Отданные голоса останутся.
meeting-leave-do = Уйти с заседания
council-left-seat = Вы вышли из заседания. Чтобы вернуться, просто войдите снова.

error-meeting-is-over = Заседание окончено.
error-meeting-not-started = Заседание ещё не началось.
error-meeting-moved-on = Заседание уже идёт дальше. Вернитесь и посмотрите, что сейчас на экране.
error-meeting-too-old = Это заседание закончилось слишком давно. Всё новое лучше обсудить на следующем.
error-other-meeting-runs = Другое заседание этого совета ещё идёт. Сначала закончите его.
error-other-chair = Сейчас заседание ведёт кто-то другой. Вернуть себе ведение можно на экране заседания.
error-one-seat-each = У вас уже есть место на этом заседании. Один человек - один голос.
error-member-is-here = Участник совета, которого вы замещаете, пришёл, и место занято.
error-no-seat = У вас нет места на этом заседании. Войдите, пожалуйста, снова.
error-vote-is-over = Голоса уже на экране, новые не принимаются. Ваш последний голос учтён.
error-vote-is-open = Голосование ещё идёт. Сначала откройте голоса.
error-decided-already = По этому вопросу уже есть решение. Чтобы изменить его, откройте решение.
error-nothing-to-vote = Здесь не о чем голосовать.
error-change-is-gone = Это изменение тем временем завершили, объединили с другим или убрали в архив. Отметьте это и идите дальше.
error-no-quorum = Кворума нет, поэтому утвердить нельзя.
error-ratified-already = Это уже утверждено.
error-join-code = Заседания с таким кодом нет. Посмотрите на экран ещё раз: код мог измениться.

# Протокол

minutes-title = Протокол
minutes-of = Протокол: { $council }
minutes-began = Начало: { $date }
minutes-ended = Окончание: { $date }
minutes-there = Кто был
minutes-was-missing = отсутствие
minutes-left-at = уход: { $date }
minutes-decisions = Что решили
minutes-nothing-decided = Решений пока нет.
minutes-left-over = На что не хватило времени
minutes-still-open = Ещё в повестке
minutes-notes = Заметки
minutes-notes-hint = Всё, что ещё стоит запомнить. Войдёт в протокол.
minutes-only-noted = Осталось только в протоколе: с изменением к тому времени уже решили иначе.
minutes-recommendation = Это рекомендация: кворума не было.
minutes-ratified = Утверждено { $date }
minutes-told = Что прочтут те, кто просил:
minutes-tell-missing = Тем, кто просил, ещё нужно объяснить: почему нет?
minutes-correct = Исправить или добавить ответ
minutes-correct-title = Исправить протокол
minutes-words = Для тех, кто просил
minutes-words-hint = Это они прочтут в ответ на свои слова, когда вы подпишете протокол. Достаточно одного языка, но лучше на обоих.
minutes-words-decline = Об этом просили люди. Объясните им, пожалуйста, почему нет.
minutes-words-accept = Если вы что-то напишете, все, кто просил, узнают, что это сделают. Без ответа они увидят это на своей странице.
minutes-words-en = По-английски
minutes-words-ru = По-русски
minutes-steps = Чтобы протокол вступил в силу
minutes-step-end = Закончите заседание
minutes-step-words = Объясните отказ тем, кто просил
minutes-step-read = Прочтите протокол вслух: все согласны?
minutes-step-sign = Подпишите
minutes-read-back = Прочитали, все согласны
minutes-read-back-at = Прочитано вслух { $date }
minutes-sign-text = Протокол будет закрыт, решения вступят в силу, те, кто просил, получат ответ, а участники совета - протокол по почте.
minutes-sign-do = Подписать и отправить
minutes-signed-by = Протокол подписан: { $name }, { $date }
minutes-draft = Ещё не подписан: решения пока не вступили в силу.
minutes-unsigned-late = Заседание закончилось { $date }, а протокол до сих пор не подписан.
minutes-addenda = Дополнения
minutes-addendum = Дополнить протокол
minutes-addendum-hint = Сам протокол не изменится: дополнение появится под ним с вашим именем и сегодняшней датой.
minutes-addendum-by = { $name }, { $date }
minutes-markdown = Скачать
minutes-to-screen = К экрану заседания
minutes-saved = Сохранено.
minutes-signed = Подписано. Решения вступили в силу, письма уже уходят.
minutes-added = Добавлено.
minutes-signature-line = Подпись

error-minutes-are-locked = Протокол подписан и больше не меняется. Его можно дополнить.
error-minutes-not-signed = Протокол ещё не подписан, его можно поправить прямо в тексте.
error-meeting-still-runs = Заседание ещё идёт. Сначала закончите его.
error-not-read-back = Сначала прочтите протокол вслух. Если после этого что-то изменили, прочтите ещё раз.
error-no-words-for-no = Кому-то отказали, но ответа для них ещё нет. Объясните, пожалуйста, почему.
error-not-decided = По этому вопросу решения не было, исправлять нечего.
