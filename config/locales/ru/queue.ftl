# Очередь

queue-new = Новое обращение
queue-views = Списки
queue-due = Срок
queue-said = Что сказали
queue-voice = Голос
queue-stage = Этап
queue-owner = Ответственный
queue-reopened = с первого раза не решили
queue-empty = Здесь пусто
view-mine = Ваши
view-mine-empty = Ни одно обращение вас не ждёт. Посмотрите, что ещё никто не взял.
view-unassigned = Ещё никто не взял
view-unassigned-empty = У каждого обращения есть ответственный.
view-today = Срок сегодня
view-today-empty = На сегодня больше ничего нет.
view-overdue = Просрочены
view-overdue-empty = Ни одно обещание не нарушено. Отлично.
view-waiting = Ждём ответа
view-waiting-empty = Никто не должен нам ответа.
view-no_answer = Сообщили, ответа нет
view-no_answer-empty = Все, кому мы сообщили, сказали, помогло ли.
view-open = Все открытые
view-open-empty = Открытых обращений нет. Новые появятся здесь сами.
view-team = Вашей команды
view-team-empty = Сейчас у вашей команды дел нет.
view-escalated = Переданы выше
view-escalated-empty = Ничего не пришлось передавать выше.
view-snoozed = Отложены
view-snoozed-empty = Ничего не отложено на потом.
queue-escalated = передано выше
queue-severity-low = Низкая
queue-severity-normal = Обычная
queue-severity-high = Высокая
queue-severity-critical = Критическая
queue-me = Я

# Что сужает список

queue-filter = Уточнить
queue-filter-n = Уточнить ({ $n })
queue-any-voice = Любой голос
queue-any-kind = Любой вид
queue-any-severity = Любая важность
queue-any-channel = Любой канал
queue-any-topic = Любая тема
queue-any-team = Любая команда
queue-any-owner = Чьи угодно
queue-any-status = Любой этап
queue-kind = Вид
queue-severity = Важность
queue-channel = Канал
queue-topic = Тема
queue-team = Команда
queue-tag = Метка
queue-sort = Порядок
queue-sort-due = Сначала срочные
queue-sort-newest = Сначала новые
queue-sort-oldest = Кто дольше ждёт
queue-sort-severity = Сначала важные
queue-show = Показать
queue-clear = Показать всё
queue-empty-narrowed = Ничего подходящего в этом списке нет. Уберите что-нибудь из условий.
queue-looked-due = { $n ->
    [0] Пока ничего не нашли: посмотрели обращения со сроком до { $to }.
    [one] Пока нашли { $n } обращение: посмотрели те, у которых срок до { $to }.
    [few] Пока нашли { $n } обращения: посмотрели те, у которых срок до { $to }.
   *[many] Пока нашли { $n } обращений: посмотрели те, у которых срок до { $to }.
}
queue-looked-updated = { $n ->
    [0] Пока ничего не нашли: посмотрели обращения без движения с { $to } и раньше.
    [one] Пока нашли { $n } обращение: посмотрели те, что без движения с { $to } и раньше.
    [few] Пока нашли { $n } обращения: посмотрели те, что без движения с { $to } и раньше.
   *[many] Пока нашли { $n } обращений: посмотрели те, что без движения с { $to } и раньше.
}
queue-looked-wakes = { $n ->
    [0] Пока ничего не нашли: посмотрели отложенные до { $to }.
    [one] Пока нашли { $n } обращение: посмотрели отложенные до { $to }.
    [few] Пока нашли { $n } обращения: посмотрели отложенные до { $to }.
   *[many] Пока нашли { $n } обращений: посмотрели отложенные до { $to }.
}
queue-look-further = Искать дальше

# Свои списки

queue-own = Свои списки
queue-keep = Сохранить как свой список
queue-keep-name = Название
queue-keep-do = Сохранить
queue-kept = Список сохранён.
queue-arrange = Переименовать или удалить
queue-filters-title = Свои списки
queue-filters-text = Списки, которые вы сохранили для себя. Можно завести до { $most }.
queue-filters-none = У вас пока нет своих списков. Уточните список обращений и сохраните его под своим названием.
queue-filter-rename = Переименовать
queue-filter-open = Открыть «{ $name }»
queue-filter-delete = Удалить «{ $name }»
queue-filter-deleted = Список удалён. С обращениями в нём ничего не случилось.
error-too-many-filters = У вас уже { $max } списков. Сначала удалите какой-нибудь.

# Сразу с несколькими

bulk-with = С выбранными обращениями
bulk-choose = Выбрать: { $title }
bulk-all = Выбрать все на этой странице
bulk-chosen = Выбрано:
bulk-take-do = Беру себе
bulk-assign-to = Передать…
bulk-assign-whom = Кому
bulk-assign-do = Передать
bulk-nobody = Никому: вернуть в очередь
bulk-snooze-for = Отложить…
bulk-snooze-until = До
bulk-snooze-do = Отложить
bulk-snooze-date = День
later-tomorrow = До завтрашнего утра
later-three_days = На три дня
later-next_week = До понедельника
later-own = До выбранного дня
bulk-tag-with = Метки…
bulk-tag-which = Метки через запятую
bulk-tag-do = Добавить
bulk-untag-do = Убрать
bulk-merge-do = Объединить…
bulk-link-do = Связать…
bulk-take = { $n ->
    [one] Теперь { $n } обращение ваше.
    [few] Теперь { $n } обращения ваши.
   *[many] Теперь { $n } обращений ваши.
}
bulk-assign = { $n ->
    [one] Передано { $n } обращение.
    [few] Передано { $n } обращения.
   *[many] Передано { $n } обращений.
}
bulk-snooze = { $n ->
    [one] Отложено { $n } обращение.
    [few] Отложено { $n } обращения.
   *[many] Отложено { $n } обращений.
}
bulk-tag = { $n ->
    [one] Метка теперь у { $n } обращения.
    [few] Метка теперь у { $n } обращений.
   *[many] Метка теперь у { $n } обращений.
}
bulk-untag = { $n ->
    [one] Метка убрана у { $n } обращения.
    [few] Метка убрана у { $n } обращений.
   *[many] Метка убрана у { $n } обращений.
}
bulk-merge = { $n ->
    [one] Объединено { $n } обращение.
    [few] Объединено { $n } обращения.
   *[many] Объединено { $n } обращений.
}
bulk-link = { $n ->
    [one] С изменением связано { $n } обращение.
    [few] С изменением связано { $n } обращения.
   *[many] С изменением связано { $n } обращений.
}
bulk-undone = { $n ->
    [one] Вернули как было { $n } обращение.
    [few] Вернули как было { $n } обращения.
   *[many] Вернули как было { $n } обращений.
}
bulk-refused = { $n ->
    [one] { $n } обращение осталось как было:
    [few] { $n } обращения остались как были:
   *[many] { $n } обращений остались как были:
}
bulk-merge-title = Какое из них останется?
bulk-merge-text = На остальные ответят вместе с ним. Ответ получит каждый, кто написал, а объединение можно отменить на странице обращения.
bulk-merge-yes = Объединить с этим
bulk-link-title = О каком они изменении?
bulk-link-text = { $n ->
    [one] { $n } обращение станет доводом за изменение и пойдёт за ним.
    [few] { $n } обращения станут доводами за изменение и пойдут за ним.
   *[many] { $n } обращений станут доводами за изменение и пойдут за ним.
}
bulk-link-change = Изменение
bulk-link-none = Открытых изменений нет. Сначала предложите какое-нибудь.
bulk-link-yes = Связать
error-choose-cases = Сначала выберите хотя бы одно обращение.
error-choose-two = Чтобы объединить, выберите два обращения или больше.
error-too-many-cases = Не больше { $max } обращений за раз.
error-case-changed-meanwhile = тем временем изменилось; посмотрите ещё раз.
error-date-too-far = Выберите день в пределах года.

# Что пришло, пока вы смотрите

queue-fresh = { $n ->
    [one] { $n } новое обращение.
    [few] { $n } новых обращения.
   *[many] { $n } новых обращений.
}
queue-fresh-show = Показать
