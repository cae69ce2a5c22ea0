/* firmware-text.c: what is said of the ELF in use and of the board */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbench/firmware-text.h"

#define MINUTE_S 60
#define HOUR_S (60 * MINUTE_S)
#define DAY_S (24 * HOUR_S)

char *
sonde_firmware_text_dup_age (gint64 since_us, gint64 now_us)
{
  const int age_s = (int) CLAMP ((now_us - since_us) / G_USEC_PER_SEC, 0, G_MAXINT);

  if (age_s < MINUTE_S)
    return g_strdup ("just now");
  if (age_s < HOUR_S)
    return g_strdup_printf ("%d min ago", age_s / MINUTE_S);
  if (age_s < DAY_S)
    return g_strdup_printf ("%d h ago", age_s / HOUR_S);
  return g_strdup_printf (age_s < 2 * DAY_S ? "%d day ago" : "%d days ago", age_s / DAY_S);
}

/* (transfer full): the day only where it was another. */
static char *
dup_moment (gint64 time_us, gint64 now_us, const char *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);

  if (time == NULL || now == NULL)
    return g_strdup ("?");
  if (g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now)
      && g_date_time_get_year (time) == g_date_time_get_year (now))
    return g_date_time_format (time, "%H:%M");
  return g_date_time_format (time, format);
}

char *
sonde_firmware_text_dup_built (gint64 built_us, gint64 now_us)
{
  g_autofree char *moment = dup_moment (built_us, now_us, "%Y-%m-%d %H:%M");
  g_autofree char *age = sonde_firmware_text_dup_age (built_us, now_us);

  return built_us <= 0 ? g_strdup ("") : g_strdup_printf ("built %s, %s", moment, age);
}

char *
sonde_firmware_text_dup_time (gint64 built_us, gint64 now_us)
{
  g_autofree char *moment = dup_moment (built_us, now_us, "%Y-%m-%d");

  return built_us <= 0 ? g_strdup ("") : g_strdup_printf ("built %s", moment);
}

const char *
sonde_firmware_text_get_word (const SondeVerdict *verdict)
{
  static const char *const words[] = { "unknown", "matches", "differs" };

  return verdict->is_checking ? "checking" : words[verdict->match];
}

static const char *
or_none (const char *build_id)
{
  return build_id[0] == '\0' ? "no build id" : build_id;
}

char *
sonde_firmware_text_dup_reason (const SondeDeviceFacts *board, const SondeSymbolFacts *facts)
{
  const SondeVerdict *verdict = &board->verdict;
  g_autofree char *ids = g_strdup_printf ("Board: %s\nELF: %s", or_none (board->identity.build_id),
                                          or_none (facts->build_id));
  const char *writes
      = verdict->is_trusted ? "Writing is on, because you said so." : "Writing is off.";

  if (verdict->match == SONDE_MATCH_UNKNOWN)
    return g_strdup_printf ("Nobody can tell whether %s runs this ELF: %s. Writing is on.\n%s",
                            board->name, verdict->why == NULL ? "no proof" : verdict->why, ids);
  if (verdict->match == SONDE_MATCH_NO && verdict->proof == SONDE_PROOF_CHECKSUM)
    return g_strdup_printf ("%s runs other firmware: its %s is not that of this ELF. %s\n%s",
                            board->name, verdict->section, writes, ids);
  if (verdict->match == SONDE_MATCH_NO)
    return g_strdup_printf ("%s runs another build. %s\n%s", board->name, writes, ids);
  return g_strdup_printf ("%s runs this ELF, as its %s shows.\n%s", board->name,
                          verdict->proof == SONDE_PROOF_CHECKSUM ? "code" : "build id", ids);
}
