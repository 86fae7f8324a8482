# Одно изменение: его шаги и план.

changes-move-proposed = Вернуть в предложения
changes-move-needs_data = Запросить данные
changes-move-deferred = Не сейчас: вернуться позже
changes-move-verified = Сработало как надо
changes-not-yours-proposed = В предложения возвращает ответственный или совет.
changes-not-yours-needs_data = Данные запрашивает совет.
changes-not-yours-deferred = Отложить изменение может только совет.
changes-not-yours-verified = Результат проверяет ответственный или совет.

change-event-needs_data = — нужны данные
change-event-deferred = — отложено
change-event-returned = — снова среди предложений
change-event-verified = — проверено: сработало как надо

changes-said-proposed-again = Снова среди предложений.
changes-said-needs-data = Запросили данные.
changes-said-deferred = Отложили. Вернётся само.
changes-said-verified = Проверено.

changes-field-kind = Что меняем
changes-field-problem = Проблема
changes-field-lever = Рычаг
changes-field-impact = Влияние
changes-field-delay-cost = Цена промедления
changes-field-sponsor = Спонсор
changes-field-quick-fix = Быстрое решение
changes-field-via = Через кого
changes-field-metric = Показатель
changes-field-delta = Ожидаемый результат
changes-field-cost = Стоимость
changes-field-pilot-group = Пилотная группа
changes-field-control-group = Контрольная группа
changes-field-article-url = Статья
changes-field-reviewed-on = Последний пересмотр
changes-field-review-days = Сколько дней статья считается свежей

error-change-is-merged = Это изменение объединили с другим. Откройте то, другое.
error-change-is-archived = Это изменение в архиве. Сначала верните его оттуда.
error-say-why = Напишите, пожалуйста, почему.
error-later-day = Выберите более поздний день.
error-web-address = Введите адрес страницы, он начинается с https://

# Страница изменения

changes-is-quick-fix = Быстрое решение
changes-is-article = Статья базы знаний
changes-machine = Бот
changes-stalled = Принято, но 30 дней никто не начинал
changes-is-merged = Это изменение объединили с другим. Работа идёт там:
changes-unmerge = Разделить снова
changes-taken-in = Сюда же вошли:
changes-is-archived = Изменение в архиве. Ничего не потеряно.
changes-restore = Вернуть из архива
changes-comes-back = Отложено. Вернётся само { $day }.
changes-came-back = Было отложено, вернулось { $day }.
changes-until = до { $day }
changes-by = к { $day }
changes-why = Почему
changes-why-hint = для тех, кто этим занимается
changes-hypothesis = Чего мы ждём
changes-via-ex_to_cx = Через EX влияем на CX.
changes-via-cx_to_ex = Через CX влияем на EX.
changes-remove = Убрать

changes-quotes = Их словами
changes-quote-employee = сотрудник
changes-quote-customer = клиент
changes-quote-somebody = кто-то из написавших
changes-quote = Процитировать часть
changes-quoted = Процитировано
changes-quote-part = Что процитировать
changes-quote-part-hint = слово в слово; пропуски, например имена, замените на …
changes-quote-choose = Процитировать
changes-quote-back = Не цитировать
changes-quote-ask = Спросить автора
changes-quote-allow = Разрешить как администратор
changes-said-quote-asked = Автор увидит вопрос на своей странице.
changes-said-quote-allowed = Теперь это можно цитировать.
error-quote-needs-consent = Это анонимные слова. Цитировать их можно, когда разрешит автор или администратор.
error-quote-refused = Автор не хочет, чтобы его цитировали.
error-quote-small-group = За изменением меньше пяти таких людей. Разрешить цитату может только сам автор.
error-quote-word-for-word = В обращении этих слов нет. Цитируйте слово в слово.
error-quotes-enough = Трёх цитат достаточно. Сначала уберите одну.

changes-facts = Факты
changes-fact = Факт
changes-fact-hint = например: каждый пятый звонок - об этом
changes-fact-kind = Откуда он
changes-fact-metric = Показатель
changes-fact-survey = Опрос
changes-fact-repeat_reason = Повторные обращения
changes-fact-other = Другое
changes-fact-url = Ссылка
changes-fact-add = Добавить факт
changes-fact-keep = Записать

changes-steps = Шаги
changes-steps-done = Сделано { $done } из { $all }
changes-step = Следующий шаг
changes-step-add = Добавить
changes-step-do = Отметить сделанным:
changes-step-undo = Всё-таки не сделано:
error-too-many-steps = Ста шагов достаточно.

changes-talk = Обсуждение
changes-note = Что вы об этом думаете?
changes-note-say = Сказать

changes-manage = Ещё
changes-merge = Объединить
changes-merge-into = С каким изменением
changes-merge-hint = его номер, например C-7QK3M9X
changes-split = Выделить часть
changes-copy = Сделать копию
changes-copy-of = Копия: { $title }
changes-archive = Убрать в архив
changes-said-merged = Объединили. Дальше работаем здесь.
changes-said-unmerged = Снова отдельное изменение.
changes-said-split = Выделили. Это новое изменение.
changes-said-copied = Это копия. Напишите, чем она отличается.
changes-said-archived = В архиве. Вернуть можно в любой момент.
changes-said-restored = Вернули.
changes-split-text = Часть обращений просит о другом? Сделайте для них отдельное изменение. Если объединить его обратно, всё вернётся.
changes-split-title = Что изменится для них
changes-split-cases = Какие обращения перейдут
changes-split-nothing = Здесь нечего выделять.
error-merge-with-itself = Изменение нельзя объединить с самим собой.
error-merge-open-only = Объединять можно только открытые изменения: не объединённые с другими и не из архива.
error-no-such-change = Такого изменения нет.
error-change-not-merged = Это изменение ни с чем не объединено.

changes-suggest = Найти похожие обращения
changes-suggest-text = Открытые обращения с теми же словами. Свяжите подходящие, и найдутся новые.
changes-suggest-none = Похожих нет
changes-suggest-none-text = Других открытых обращений с такими словами нет.

changes-defer-title = Не сейчас
changes-defer-text = Изменение уйдёт из повестки и само вернётся в выбранный день.
changes-defer-why = Почему не сейчас
changes-defer-until = Когда вернуться

# Статьи базы знаний

changes-article = Статья
changes-reviewed = Последний пересмотр: { $day }.
changes-never-reviewed = Статью ещё не пересматривали.
changes-never = ни разу
changes-review-due = Следующий - до { $day }.
changes-review-overdue = Пересмотреть нужно было до { $day }
changes-review-done = Сегодня проверено, всё верно
changes-article-stale = Похоже, не помогает
changes-article-since = { $n ->
    [one] С тех пор на эту тему пришло { $n } обращение.
    [few] С тех пор на эту тему пришло { $n } обращения.
    [many] С тех пор на эту тему пришло { $n } обращений.
   *[other] С тех пор на эту тему пришло { $n } обращения.
  }
changes-articles = Статьи базы знаний
changes-articles-text = У каждой статьи есть тот, кто следит за её свежестью. Если после пересмотра обращения на ту же тему не прекращаются, статья пока не помогает.
changes-article-new = Добавить статью
changes-article-due = Пересмотреть до
changes-article-cases = Обращений с тех пор
changes-articles-none = Статей пока нет
changes-articles-none-text = Добавьте те, о которых спрашивают чаще всего, и назначьте, кто за ними следит.

# Форма

changes-section-what = Что и зачем
changes-section-score = Насколько это важно
changes-section-who = Кто и когда
changes-section-plan = Чего мы ждём
changes-section-plan-hint = Гипотеза: что станет лучше и с кем пробуем сначала.
changes-section-article = Статья базы знаний
changes-section-article-hint = Только если речь о статье.
changes-kind-change = Изменение
changes-kind-article = Статья базы знаний
changes-hint-lever = за счёт чего это сработает
changes-hint-problem = одним предложением: совет прочтёт его первым
changes-hint-impact-rice = для оценки RICE: насколько это заметно одному человеку
changes-impact-300 = огромное
changes-impact-200 = большое
changes-impact-100 = среднее
changes-impact-50 = малое
changes-impact-25 = едва заметное
changes-hint-delay-cost = для оценки WSJF: во что обходится месяц ожидания, в ваших баллах
changes-hint-sponsor = у кого бюджет и последнее слово
changes-hint-quick-fix = успеем до следующего совета
changes-hint-metric = например AHT, FCR, eNPS
changes-hint-delta = в единицах показателя; с минусом, если чем меньше, тем лучше
changes-field-delta-by = К какому дню
changes-hint-cost = в { $currency }
changes-hint-pilot = с кем пробуем сначала
changes-hint-control = с кем сравниваем
changes-hint-article-url = её адрес
changes-hint-review-days = например 90
changes-none = нет
changes-unset = не указано

change-event-merged = — объединено с «{ $what }»
change-event-took_in = — сюда вошло «{ $what }»
change-event-unmerged = — снова отдельно от «{ $what }»
change-event-gave_back = — «{ $what }» снова отдельно
change-event-split = — выделено «{ $what }»
change-event-split_off = — выделено из «{ $what }»
change-event-duplicated = — копия «{ $what }»
change-event-archived = — убрано в архив
change-event-restored = — возвращено из архива
change-event-step_done = — сделано: { $what }
change-event-step_undone = — всё-таки не сделано: { $what }
change-event-fact_added = — добавлен факт: { $what }
change-event-fact_removed = — убран факт: { $what }
change-event-quoted = — выбрана цитата
change-event-unquoted = — цитата убрана
change-event-reviewed = — статья проверена

error-machine-employee = Машиной может быть только клиент.

# На странице, где человек следит за своим обращением

track-quote = Можно вас процитировать?
track-quote-text = Вы хорошо сказали то, что думают многие. Мы хотели бы показать часть ваших слов тем, кто принимает решения, - без имени. Что бы вы ни ответили, никто не узнает, кто вы.
track-quote-yes = Да, без имени можно
track-quote-no = Нет, не нужно
track-quote-allowed = Часть ваших слов можно цитировать без имени.
track-quote-refused = Мы не цитируем ваши слова, как вы и просили.
track-quote-stop = Больше не цитировать
track-said-quote-yes = Спасибо. Имени рядом не будет.
track-said-quote-no = Хорошо. Цитировать не будем.
