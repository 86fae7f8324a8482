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
