# Кому достаются новые обращения и кто отсутствует.

event-ruled = — передано: { $to }, по правилу «{ $rule }»
event-ruled-nobody = — по правилу «{ $rule }» на месте никого нет
ruled-fewest = { $n ->
    [one] { $n } открытое обращение, меньше всех
    [few] { $n } открытых обращения, меньше всех
    [many] { $n } открытых обращений, меньше всех
   *[other] { $n } открытого обращения, меньше всех
}
ruled-away-until = { $away }: отсутствие по { $until }, замещает { $to }
ruled-away = { $away } сейчас не на месте, замещает { $to }
ruled-nobody = на месте никого, кто мог бы взять

rules-assignment = Распределение

# Отсутствие

people-absence = Отсутствие
people-absence-mine = Моё отсутствие
people-absence-of = { $name }: отсутствие и сегмент
people-absence-segment = Отсутствие и сегмент
people-absence-text = Скажите, когда вас не будет и кто вас заменит: новые обращения, которые по правилам достались бы вам, пойдут этому человеку.
people-absence-plan = Сообщить об отсутствии
people-absence-none = Отсутствие не запланировано.
people-absence-now = Отсутствие по { $until }. Замены нет.
people-absence-now-deputy = Отсутствие по { $until }. Замещает { $deputy }.
people-absence-until = Отсутствие по
people-absence-until-hint = последний день; оставьте пустым, если человек на месте
people-absence-deputy = Замещает
people-absence-deputy-hint = получает новые обращения и узнаёт о сообщениях
people-absence-no-deputy = Никто
people-segment = Сегмент
people-segment-hint = слово для правил и обещаний, например «ночная смена»
people-team-lead = Руководитель
people-team-lead-hint = решает то, на что у команды нет права, и узнаёт о пропущенных сроках
people-team-head = Вышестоящий
people-team-head-hint = следующая ступень после руководителя
people-team-nobody = Никто
error-date-far = Выберите, пожалуйста, день поближе.
error-deputy-self = Заменять самого себя нельзя.
error-deputy-loop = Этого человека тоже не будет, и по цепочке всё вернётся сюда же, а кто-то должен быть на месте. Выберите, пожалуйста, другого.

# Правила распределения

rules-assignment-text = Кому достаются новые обращения. Решает первое подходящее правило; если не подошло ни одно, обращение ждёт, пока его кто-нибудь возьмёт.
rules-rule = Правило
rules-cases = Какие обращения
rules-cases-hint = должно совпасть всё, что выбрано
rules-to = Кому
rules-order = Порядок
rules-add = Добавить правило
rules-change = Изменить правило
rules-up = Выше: { $name }
rules-down = Ниже: { $name }
rules-archive = В архив
rules-archived = Правила в архиве
rules-restore = Вернуть
rules-is-archived = Правило в архиве и ничего не распределяет. Если вернуть, оно станет последним.
rules-none = Правил пока нет
rules-none-text = Без правил новые обращения ждут в списке «Ещё никто не взял».
rules-name = Название правила
rules-name-hint = таким его увидят в истории обращения
rules-any = Не важно
rules-voice = Голос
rules-kind = Вид
rules-topic = Тема
rules-lang = На каком языке
rules-channel-field = Канал
rules-channel-hint = пусто: не важно
rules-segment-hint = пусто: не важно
rules-by-load = Тому, у кого меньше всего открытых обращений
rules-by-load-hint = из команды, среди тех, кто на месте
rules-person = Человек
rules-person-hint = если его нет, то тому, кто его замещает
rules-no-person = Никому в отдельности
rules-try = Попробовать
rules-try-text = Проба покажет, что правило сделало бы с последними 50 обращениями. Ничего при этом не меняется.
rules-everything = Все
rules-about = тема «{ $what }»
rules-channel = канал «{ $what }»
rules-in-en = на английском
rules-in-ru = на русском
rules-segment = сегмент «{ $what }»
rules-to-fewest = { $team }: у кого меньше всего открытых обращений
rules-to-both = { $person }, команда { $team }
rules-team-only = { $team }, без ответственного
rules-trial = Что сделало бы правило
rules-trial-text = Просмотрено последних обращений: { $looked }. Правило передало бы: { $given }.
rules-trial-untouched = { $n ->
    [0] Под него подходят все.
    [one] Ещё { $n } обращение под него не подходит.
    [few] Ещё { $n } обращения под него не подходят.
    [many] Ещё { $n } обращений под него не подходят.
   *[other] Ещё { $n } обращения под него не подходят.
}
rules-trial-before = { $n ->
    [one] До { $n } обращения очередь не дойдёт: раньше сработает «{ $rule }»
    [few] До { $n } обращений очередь не дойдёт: раньше сработает «{ $rule }»
    [many] До { $n } обращений очередь не дойдёт: раньше сработает «{ $rule }»
   *[other] До { $n } обращения очередь не дойдёт: раньше сработает «{ $rule }»
}
rules-trial-case = Обращение
rules-trial-nothing = Пробовать пока не на чем: обращений ещё нет.
error-rule-nobody = Выберите команду или человека: правило должно кому-то передавать обращения.
error-rule-load-team = Выберите команду, между людьми которой делить обращения.
error-rule-load-person = Или человек, или тот, у кого меньше всего открытых обращений. Выберите что-то одно.
error-rule-topic = Эту тему больше не предлагаем, у нового обращения её не будет.
error-rule-shadowed = До этого правила очередь никогда не дойдёт: раньше стоит «{ $rule }» и забирает всё, что ему подходит.
error-rule-shadows = Тогда очередь никогда не дойдёт до правила «{ $rule }», которое стоит ниже.
