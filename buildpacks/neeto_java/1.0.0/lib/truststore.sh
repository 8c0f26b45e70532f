# Java's store of trusted certificates. Java reads no PEM; its own format JKS, version 2, is simple: counted entries, and a digest at the end.

# write_truststore BUNDLE STORE: the certificates of a PEM bundle as a key store with Java's usual password, which protects nothing secret.
write_truststore() {
  local certificates number
  mapfile -t certificates < <(awk '/-BEGIN CERTIFICATE-/ { text = ""; inside = 1; next } /-END CERTIFICATE-/ { print text; inside = 0 } inside { text = text $0 }' "$1")
  {
    # The format's mark and version.
    printf '\xfe\xed\xfe\xed'
    put_number 2
    put_number "${#certificates[@]}"
    for number in "${!certificates[@]}"; do
      put_certificate "authority-$number" "${certificates[$number]}"
    done
  } > "$2"
  { printf '\0c\0h\0a\0n\0g\0e\0i\0tMighty Aphrodite' && cat "$2"; } | openssl dgst -sha1 -binary > "$2.digest"
  cat "$2.digest" >> "$2"
  rm "$2.digest"
}

# put_certificate ALIAS BASE64: an entry without a date.
put_certificate() {
  local padding=${2##*[!=]}
  put_number 2
  put_text "$1"
  put_number 0
  put_number 0
  put_text X.509
  put_number $((${#2} / 4 * 3 - ${#padding}))
  base64 -d <<< "$2"
}

put_text() {
  printf '%b' "$(printf '\\x%02x\\x%02x' $((${#1} >> 8)) $((${#1} & 255)))"
  printf '%s' "$1"
}

put_number() {
  printf '%b' "$(printf '\\x%02x\\x%02x\\x%02x\\x%02x' $(($1 >> 24 & 255)) $(($1 >> 16 & 255)) $(($1 >> 8 & 255)) $(($1 & 255)))"
}
