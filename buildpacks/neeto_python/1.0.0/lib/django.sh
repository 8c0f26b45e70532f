# Django's static files, as on Heroku: collected when the app has django.contrib.staticfiles, unless DISABLE_COLLECTSTATIC says otherwise.

collect_static() {
  [[ -f manage.py ]] && python -c 'import django' 2> /dev/null || return 0
  if [[ ${DISABLE_COLLECTSTATIC:-0} != 0 ]]; then
    note "Static files are not collected: DISABLE_COLLECTSTATIC is set."
    return 0
  fi
  header "Collecting static files"
  if ! python manage.py help collectstatic > /dev/null 2>&1; then
    note "Skipped: the app has no collectstatic (django.contrib.staticfiles is not among its INSTALLED_APPS, or its settings cannot be read)."
    return 0
  fi
  run python manage.py collectstatic --noinput || fail "Collecting static files failed; the reason is above." \
    "If the app needs none, set the config var DISABLE_COLLECTSTATIC=1."
}
