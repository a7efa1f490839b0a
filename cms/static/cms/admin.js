// Leave what was typed for a date or a time to the form, which says what is wrong: the calendar would put today in
// place of "demain", and 18:00 in place of "18h30".
jQuery.fn.datetimepicker.defaults.validateOnBlur = false;
