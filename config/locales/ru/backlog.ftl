# Список изменений.

changes-title = Изменения
changes-new = Предложить изменение
changes-views = Изменения по состоянию
changes-all = Все
changes-sort = Сначала

changes-score = Оценка
changes-score-open = Показать, из чего складывается оценка:
changes-reach = Людей
changes-reach-parts = EX { $employees }, CX { $customers }
changes-impact = Вес × EX + вес × CX
changes-effort = Затраты, человеко-месяцы
changes-confidence = Уверенность
changes-evidence = Обращений
changes-owner = Ответственный
changes-target = Срок
changes-late = срок прошёл
changes-no-date = Срока пока нет
changes-formula = Оценка = люди × (вес × EX + вес × CX) × уверенность ÷ затраты в человеко-месяцах. Каждый человек считается один раз, сколько бы он ни писал.
changes-formula-weights = В оценке балл EX весит { $ex }, балл CX - { $cx }.
changes-empty-title = Здесь пока нет изменений
changes-empty-text = Изменение - это то, о чём просят сразу в нескольких обращениях. Предложите его и свяжите с обращениями, из которых видно, зачем оно нужно.

# Одно изменение

changes-is-public = Видно всем
changes-told-shipped = Что мы ответили людям
changes-told-declined = Как мы объяснили отказ
changes-evidence-title = Что говорят люди
changes-evidence-count = { $cases ->
    [one] { $cases } обращение
    [few] { $cases } обращения
    [many] { $cases } обращений
   *[other] { $cases } обращения
  } от { $people ->
    [one] { $people } человека
    [few] { $people } человек
    [many] { $people } человек
   *[other] { $people } человека
  }
changes-link-case = Связать обращение
changes-link-hint = его номер, например F-7QK3M9X
changes-link = Связать
changes-unlink = Отвязать
changes-linked-on = связано { $date }
changes-case-owner = ответственный: { $name }
changes-no-evidence-title = Пока ничьих слов
changes-no-evidence-text = Свяжите обращения, в которых об этом просят. Их авторы узнают, чем всё кончилось.
changes-unseen = { $n ->
    [one] Ещё { $n } обращение - у других команд.
    [few] Ещё { $n } обращения - у других команд.
    [many] Ещё { $n } обращений - у других команд.
   *[other] Ещё { $n } обращения - у других команд.
  }
changes-words-of-another-team = (Здесь стоят слова автора. Обращение - у другой команды.)
changes-journal = Что происходило
changes-next = Что дальше
changes-since = Состояние с
changes-proposed-by = Предложение

changes-move-accepted = Принять
changes-move-in_progress = Начать работу
changes-move-shipped = Готово: рассказать людям
changes-move-declined = Отклонить и объяснить
changes-not-yours-accepted = Принимает или не принимает совет.
changes-not-yours-in_progress = Работу начинает ответственный или совет.
changes-not-yours-shipped = О готовности объявляет ответственный или совет.
changes-not-yours-declined = Отклонить изменение может только совет.

change-event-proposed = — предложение внесено
change-event-edited = — правка: { $fields }
change-event-accepted = — принято
change-event-started = — работа началась
change-event-shipped = — внедрено, авторам обращений рассказали
change-event-declined = — отклонено, авторам обращений объяснили

# Форма

changes-form-title = Предложить изменение
changes-propose = Добавить в список
changes-field-title = Что изменится
changes-hint-title = одной строкой
changes-field-proposal = Что именно и за счёт чего это поможет
changes-hint-proposal = например: одно окно экономит оператору минуту на звонке, и клиенты меньше ждут
changes-field-ex = EX: что это даст сотрудникам
changes-field-cx = CX: что это даст клиентам
changes-hint-impact = 0 - ничего, 5 - очень много
changes-field-effort = Затраты
changes-hint-effort = в человеко-месяцах, например 0,5
changes-field-confidence = Уверенность
changes-hint-confidence = в процентах: насколько вы уверены?
changes-field-owner = Ответственный
changes-field-target-on = Срок
changes-field-public = Видно всем
changes-hint-public = если кто-то пишет о похожем, он увидит название и сможет присоединиться
changes-field-case = Сразу связать обращение
changes-hint-case = его номер, если всё началось с него

# Внедрение и отказ

changes-ask-shipped = Что изменилось?
changes-ask-declined = Почему нет?
changes-hint-shipped = Расскажите одним предложением, что изменилось, тем, кто об этом просил. Они прочтут это под своими словами.
changes-hint-declined = Объясните просто, в одном-двух предложениях, почему нет, тем, кто об этом просил. Они прочтут это под своими словами.
changes-audience = Кто об этом узнает
changes-audience-mails = { $mails ->
    [one] { $mails } письмо
    [few] { $mails } письма
    [many] { $mails } писем
   *[other] { $mails } письма
  }, адресатов: { $people }, на каждое обращение по письму
changes-audience-code = { $n ->
    [one] { $n } человек прочтёт это по своему коду
    [few] { $n } человека прочтут это по своему коду
    [many] { $n } человек прочтут это по своему коду
   *[other] { $n } человека прочтут это по своему коду
  }
changes-audience-unreachable = { $n ->
    [one] На { $n } обращение ответить некуда: адреса нет
    [few] На { $n } обращения ответить некуда: адреса нет
    [many] На { $n } обращений ответить некуда: адреса нет
   *[other] На { $n } обращения ответить некуда: адреса нет
  }
changes-audience-answered = { $n ->
    [one] На { $n } обращение уже ответили, второго письма не будет
    [few] На { $n } обращения уже ответили, второго письма не будет
    [many] На { $n } обращений уже ответили, второго письма не будет
   *[other] На { $n } обращения уже ответили, второго письма не будет
  }
changes-audience-kept = { $n ->
    [one] { $n } обращение останется открытым: его решает другое изменение
    [few] { $n } обращения останутся открытыми: их решают другие изменения
    [many] { $n } обращений останутся открытыми: их решают другие изменения
   *[other] { $n } обращения останутся открытыми: их решают другие изменения
  }
changes-audience-none = Новостей об этом изменении никто не ждёт.
changes-audience-languages = Читают по-английски: { $en }, по-русски: { $ru }.
changes-outcome-en = По-английски
changes-outcome-ru = По-русски
changes-outcome-hint = { $n ->
    [one] так ответим на { $n } обращение
    [few] так ответим на { $n } обращения
    [many] так ответим на { $n } обращений
   *[other] так ответим на { $n } обращения
  }
changes-one-is-enough = Хватит и одного языка: тогда и те, кто читает на другом, получат этот текст.
changes-preview = Показать, что получат люди
changes-mail-to = Кому
changes-mail-subject = Тема
changes-mail-hidden = автору обращения другой команды
changes-mail-note = Для каждого языка показано одно письмо. Ссылка на страницу автора скрыта: она только для него.
changes-send-shipped = { $n ->
    [0] Внедрено
    [one] Внедрено: отправить { $n } письмо
    [few] Внедрено: отправить { $n } письма
    [many] Внедрено: отправить { $n } писем
   *[other] Внедрено: отправить { $n } письма
  }
changes-send-declined = { $n ->
    [0] Отклонить
    [one] Отклонить и отправить { $n } письмо
    [few] Отклонить и отправить { $n } письма
    [many] Отклонить и отправить { $n } писем
   *[other] Отклонить и отправить { $n } письма
  }
changes-reword = Изменить текст

# Что говорим после сделанного

changes-said-proposed = Добавили в список.
changes-said-linked = Связали.
changes-said-unlinked = Связь убрали.
changes-said-accepted = Принято.
changes-said-in-progress = Работа началась.
changes-said-shipped = Внедрено. Рассказываем тем, кто об этом просил.
changes-said-declined = Отклонено. Объясняем тем, кто об этом просил.

error-change-changed = Пока вы смотрели, изменение поправил кто-то другой. Откройте его заново.
error-kept-apart = Это обращение ведётся отдельно: его видят только те, кто им занимается, поэтому связать его с изменением нельзя.
error-change-is-finished = Это изменение завершено, и людям о нём уже рассказали. Оно останется как есть.
error-change-cannot-move = Из нынешнего состояния так перейти нельзя. Возможно, кто-то уже успел раньше.
error-say-what-changed = Напишите хотя бы на одном языке.

# «Мне тоже важно»

similar-voices = { $n ->
    [one] { $n } человек
    [few] { $n } человека
    [many] { $n } человек
   *[other] { $n } человека
  }
similar-text = И мне важно: { $title }
error-me-too-finished = Это только что завершили. Отправьте свои слова отдельно: их прочтёт человек.
changes-raised-text = { $n ->
    [one] Об этом говорит { $n } обращение. Что можно изменить?
    [few] Об этом говорят { $n } обращения. Что можно изменить?
    [many] Об этом говорят { $n } обращений. Что можно изменить?
   *[other] Об этом говорят { $n } обращения. Что можно изменить?
}
changes-said-raised = Идея в списке изменений вместе с обращениями. Теперь опишите, что можно изменить.
