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
