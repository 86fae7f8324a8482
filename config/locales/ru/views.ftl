# Как можно смотреть на список изменений: таблица, матрица, доска, план, порядок.

views-tabs = Виды списка
views-tab-table = Таблица
views-tab-matrix = EX × CX
views-tab-board = Доска
views-tab-roadmap = План по месяцам
views-tab-order = Что изменит порядок
views-quota = Быстрых улучшений в этом месяце: { $shipped } из { $most }
views-quota-short = Быстрые улучшения за месяц
views-open = Открытые
views-count = { $n ->
    [one] { $n } изменение
    [few] { $n } изменения
    [many] { $n } изменений
   *[other] { $n } изменения
  }
views-filter = Отбор и порядок
views-words = Слова из названия
views-lever = Рычаг
views-any-lever = Любой рычаг
views-no-lever = Без рычага
views-any-owner = Любой ответственный
views-mine = Мои
views-nobodys = Без ответственного
views-size = Размер
views-any-size = Любого размера
views-quick-only = Только быстрые
views-quick = Быстрое улучшение
views-weights = Веса
views-weights-in-use = Действующие веса
views-show = Показать
views-clear = Показать все
views-sort-score = Сначала самые важные
views-sort-rice = Сначала высокий RICE
views-sort-wsjf = Сначала высокий WSJF
views-sort-reach = Сначала где больше людей
views-sort-ex = Сначала полезные сотрудникам
views-sort-cx = Сначала полезные клиентам
views-sort-effort = Сначала простые
views-sort-confidence = Сначала где уверены
views-sort-target = Сначала ближайший срок
views-sort-newest = Сначала новые
views-sort-title = По названию
views-group = Группы
views-group-none = Без групп
views-group-lever = По рычагам
views-group-owner = По ответственным
views-group-status = По состоянию
views-column-score = Оценка
views-column-change = Изменение
views-column-ex = EX
views-column-cx = CX
views-column-reach = Людей
views-column-effort = Затраты
views-column-confidence = Уверенность
views-column-lever = Рычаг
views-column-owner = Ответственный, срок
views-saved = Ваши виды
views-keep = Запомнить этот вид
views-name = Название
views-forget = Забыть «{ $name }»
views-edit = Правка: { $title }
views-ranked = Место назначено вручную:
views-stale = проверьте
views-score-more = Кто и когда указал
views-machines = боты { $n }
views-nothing-title = Ничего не нашлось
views-nothing-text = Таких изменений нет. Смягчите условия или покажите все.

# Матрица

views-matrix-intro = Что изменение даст сотрудникам (вверх) и клиентам (вправо). Чем больше круг, тем больше людей об этом просят. Выберите круг, чтобы передвинуть его.
views-matrix-drawing = Изменения по пользе для сотрудников и клиентов; то же самое - в таблице ниже
views-axis-ex = EX: что это даст сотрудникам
views-axis-cx = CX: что это даст клиентам
views-bubble = { $title }: EX { $ex }, CX { $cx }, { $people ->
    [one] { $people } человек
    [few] { $people } человека
    [many] { $people } человек
   *[other] { $people } человека
  }
views-rest = ещё { $n }
views-move = Передвинуть
views-move-title = Передвинуть «{ $title }»
views-move-hint = Мышью перетащите круг в другую клетку. С клавиатуры выберите круг и нажимайте стрелки или укажите числа здесь.
views-matrix-table = То же таблицей
views-moved = Передвинули.

# Доска

views-board-intro = Сначала заканчиваем начатое, потом берём новое: в колонку с пределом больше не входит.
views-limit = { $n } из { $most }
views-over = { $over ->
    [one] сверх предела { $over }
    [few] сверх предела { $over }
    [many] сверх предела { $over }
   *[other] сверх предела { $over }
  }
views-full = заполнено
views-column-empty = Пусто
views-column-more = { $n ->
    [one] и ещё { $n }
    [few] и ещё { $n }
    [many] и ещё { $n }
   *[other] и ещё { $n }
  }
views-move-to = Куда
views-full-title = В колонке «{ $column }» нет места: { $n } из { $most }
views-full-text = Сначала закончите что-нибудь или всё равно передвиньте туда «{ $title }».
views-anyway = Всё равно передвинуть
views-limits-link = Пределы

# План

views-roadmap-intro = Что в каком месяце должно быть готово. Срок ставят в таблице или на странице изменения.
views-late = Срок прошёл
views-someday = Без срока
views-month-empty = Ничего не запланировано

# Одна оценка

views-score-title = Из чего складывается оценка { $reference }
views-score-priority = Приоритет
views-score-rice = RICE
views-score-wsjf = WSJF
views-formula-priority = люди × (вес × EX + вес × CX) × уверенность ÷ затраты
views-formula-rice = люди × влияние × уверенность ÷ затраты
views-formula-wsjf = цена промедления ÷ затраты
views-no-score = Пока нет: не указано «{ $input }».
views-place = По приоритету место { $place } из { $n }
views-inputs = Из чего складывается
views-input = Составляющая
views-value = Значение
views-set-by = Кто указал
views-input-reach = Людей за изменением
views-input-ex = EX
views-input-cx = CX
views-input-effort = Затраты, человеко-месяцы
views-input-confidence = Уверенность
views-input-impact = Влияние для RICE
views-input-delay-cost = Цена промедления
views-counted = считается по связанным обращениям
views-not-set = не указано
views-stale-text = указано больше 90 дней назад: всё ещё верно?
views-still-right = Всё верно
views-confirmed = Отметили: всё верно.
views-rank = Своё место
views-rank-text = Если есть веская причина, изменение можно поставить на любое место, какой бы ни была оценка. Это и причину увидят все.
views-rank-now = Стоит на месте { $rank } независимо от оценки: { $reason }
views-rank-place = Место
views-rank-hint = 1 - самое первое
views-rank-reason = Причина
views-rank-set = Поставить
views-rank-drop = Пусть решает оценка
views-rank-council = Назначить место может только совет.
views-said-ranked = Место назначено.
views-said-unranked = Место снова определяет оценка.
change-event-ranked = — место в списке назначено вручную
change-event-unranked = — место снова определяет оценка
change-event-confirmed = — составляющие оценки проверены, всё верно

# Что изменит порядок

views-order-intro = Подвиньте вес и посмотрите, кто кого обгонит. Ничего не сохранится, пока администратор не введёт веса в действие.
views-order-ex = Балл EX весит
views-order-cx = Балл CX весит
views-order-try = Примерить
views-order-next = Ближайшие перестановки в первой части списка (до { $n })
views-order-up = Если бы { $side } весил { $weight } и больше вместо { $now }, «{ $rises }» встало бы выше, чем «{ $falls }».
views-order-down = Если бы { $side } весил { $weight } и меньше вместо { $now }, «{ $rises }» встало бы выше, чем «{ $falls }».
views-order-none = Как ни меняй один вес, порядок первых не изменится (смотрели до { $n }).
views-order-now = Сейчас
views-order-then = Станет
views-order-moved-up = выше на { $n }
views-order-moved-down = ниже на { $n }
views-order-stays = на месте
views-order-same = С такими весами всё останется на своих местах.
views-order-moved = { $n ->
    [one] Передвинется { $n } изменение из первых { $of }.
    [few] Передвинутся { $n } изменения из первых { $of }.
    [many] Передвинутся { $n } изменений из первых { $of }.
   *[other] Передвинутся { $n } изменения из первых { $of }.
  }
views-order-given = место назначено вручную

# Что настраивают администраторы

views-levers = Рычаги
views-levers-text = За счёт чего работают изменения, в этом порядке. Рычаг из архива больше не предлагается, но у прежних изменений остаётся.
views-lever-add = Добавить рычаг
views-lever-edit = Правка рычага
views-lever-archive = В архиве: больше не предлагать
views-weight-sets = Веса оценки
views-weight-sets-text = Сколько весит балл пользы для сотрудников (EX) и клиентов (CX) в приоритете. Действует один набор, остальные можно примерить в таблице.
views-weight-set = Набор
views-weights-settings = Как в настройках
views-weights-used = Действует
views-weights-use = Ввести в действие
views-weights-add = Добавить набор
views-weights-edit = Правка набора
views-weights-delete = Удалить набор
views-weights-deleted = Набор удалён.
views-weights-put = Теперь оценки считаются с этими весами.
views-limits = Пределы доски
views-limits-text = Сколько изменений может одновременно стоять в колонке доски. Пустое поле - без предела.
error-weights-in-use = Этот набор действует. Сначала введите в действие другой.
error-weights-of-nothing = Хотя бы один вес должен быть больше нуля.

# Месяцы сами по себе

views-month-1 = Январь
views-month-2 = Февраль
views-month-3 = Март
views-month-4 = Апрель
views-month-5 = Май
views-month-6 = Июнь
views-month-7 = Июль
views-month-8 = Август
views-month-9 = Сентябрь
views-month-10 = Октябрь
views-month-11 = Ноябрь
views-month-12 = Декабрь

# Выгрузка

views-reference = Номер
views-group-status-name = Состояние
views-employees = Сотрудников
views-customers = Клиентов
views-confidence-percent = Уверенность, %
