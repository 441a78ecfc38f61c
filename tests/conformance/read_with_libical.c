/* Read iCalendar files with libical and print what it understood, one JSON line for each file.
 * libical is what Evolution and KDE read with; its restriction check holds the tables of RFC 5546.
 *
 *     cc read_with_libical.c -lical -o read_with_libical && ./read_with_libical FILE...
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *slurp(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = malloc(size + 1);
  size_t got = fread(text, 1, size, file);
  text[got] = 0;
  fclose(file);
  return text;
}

static void instant(icalcomponent *event, icalproperty_kind kind, const char *name) {
  icalproperty *property = icalcomponent_get_first_property(event, kind);
  if (!property) {
    printf(",\"%s\":\"\"", name);
    return;
  }
  struct icaltimetype local = icalproperty_get_datetime_with_component(property, event);
  struct icaltimetype utc = icaltime_convert_to_zone(local, icaltimezone_get_utc_timezone());
  printf(",\"%s\":\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", name, utc.year, utc.month, utc.day, utc.hour,
         utc.minute, utc.second);
}

static void read_event(icalcomponent *event, int is_first) {
  icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
  printf("%s{\"uid\":\"%s\",\"sequence\":%d,\"status\":\"%s\"", is_first ? "" : ",",
         icalcomponent_get_uid(event), icalcomponent_get_sequence(event),
         status ? icalproperty_status_to_string(icalproperty_get_status(status)) : "");
  instant(event, ICAL_DTSTART_PROPERTY, "starts");
  instant(event, ICAL_DTEND_PROPERTY, "ends");
  printf("}");
}

int main(int count, char **paths) {
  for (int at = 1; at < count; at++) {
    char *text = slurp(paths[at]);
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    if (!calendar) {
      printf("{\"error\":\"not read\"}\n");
      free(text);
      continue;
    }
    int errors = icalcomponent_count_errors(calendar);
    icalproperty *method = icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY);
    /* The check writes X-LIC-ERROR into the component, so the parser's own are counted before. */
    int keeps_rules = icalrestriction_check(calendar);
    printf("{\"method\":\"%s\",\"errors\":%d,\"keeps_rules\":%s,\"events\":[",
           method ? icalproperty_method_to_string(icalproperty_get_method(method)) : "", errors,
           keeps_rules ? "true" : "false");
    int is_first = 1;
    for (icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
         event; event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
      read_event(event, is_first);
      is_first = 0;
    }
    printf("]}\n");
    icalcomponent_free(calendar);
    free(text);
  }
  return 0;
}
