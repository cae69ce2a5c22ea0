/* launch-options.c: what the command line of sonde asks for */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/launch-options.h"

#include <stdio.h>

#include "server/server.h"

/* clang-format off */
static const GOptionEntry entries[] = {
  { "demo", 0, 0, G_OPTION_ARG_NONE, NULL, "Start a simulated board and watch it", NULL },
  { "listen", 0, 0, G_OPTION_ARG_STRING, NULL, "Where boards connect (127.0.0.1:8000)", "ADDR:PORT" },
  { "config", 0, 0, G_OPTION_ARG_FILENAME, NULL, "Settings (~/.config/sonde/settings.ini)", "FILE" },
  { "page", 0, 0, G_OPTION_ARG_STRING, NULL, "Open on this page: monitor, logs, devices", "PAGE" },
  { "screenshot", 0, 0, G_OPTION_ARG_FILENAME, NULL, "Save a picture of the window as PNG and quit", "FILE" },
  { "after", 0, 0, G_OPTION_ARG_DOUBLE, NULL, "Seconds from the first frame to the picture (2)", "S" },
  { "size", 0, 0, G_OPTION_ARG_STRING, NULL, "Size of the window (1280x800)", "WxH" },
  { "direction", 0, 0, G_OPTION_ARG_STRING, NULL, "Reading direction: ltr or rtl", "DIR" },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, "Show the version", NULL },
  { NULL }
};
/* clang-format on */

void
sonde_launch_options_add (GApplication *application)
{
  g_application_add_main_option_entries (application, entries);
  g_application_set_option_context_parameter_string (application, "[FILE.elf]");
  g_application_set_option_context_summary (
      application, "Watch and change the variables of running firmware.\n"
                   "Boards connect to ws://127.0.0.1:8000/ unless --listen says otherwise.");
  g_application_set_option_context_description (
      application, "Examples:\n"
                   "  sonde --demo            a simulated board, live in a moment\n"
                   "  sonde build/fw.elf      the variables of your firmware\n");
}

static gboolean
fail (GError **error, const char *format, const char *text)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, text);
  return FALSE;
}

static gboolean
parse_size (SondeLaunchOptions *self, const char *text, GError **error)
{
  char rest = 0;

  if (sscanf (text, "%5dx%5d%c", &self->width_px, &self->height_px, &rest) == 2
      && self->width_px >= 360 && self->height_px >= 240 && self->width_px <= 16384
      && self->height_px <= 16384)
    return TRUE;
  return fail (error, "--size %s: not a size; give WIDTHxHEIGHT, like 1280x800", text);
}

static gboolean
parse_page (SondeLaunchOptions *self, const char *text, GError **error)
{
  static const char *const pages[] = { "monitor", "logs", "devices", NULL };

  if (!g_strv_contains (pages, text))
    return fail (error, "--page %s: no such page; give monitor, logs or devices", text);
  self->page = g_strdup (text);
  return TRUE;
}

static gboolean
parse_direction (SondeLaunchOptions *self, const char *text, GError **error)
{
  self->is_rtl = g_str_equal (text, "rtl");
  if (self->is_rtl || g_str_equal (text, "ltr"))
    return TRUE;
  return fail (error, "--direction %s: give ltr or rtl", text);
}

gboolean
sonde_launch_options_parse (SondeLaunchOptions *self, GVariantDict *values, GError **error)
{
  const char *text = NULL;

  *self = (SondeLaunchOptions){ .after_s = 2, .width_px = 1280, .height_px = 800 };
  self->shows_version = g_variant_dict_contains (values, "version");
  self->starts_demo = g_variant_dict_contains (values, "demo");
  g_variant_dict_lookup (values, "screenshot", "^ay", &self->screenshot);
  g_variant_dict_lookup (values, "config", "^ay", &self->config);
  g_variant_dict_lookup (values, "after", "d", &self->after_s);
  if (!(self->after_s >= 0 && self->after_s <= 3600))
    return fail (error, "--after: %s", "give 0 to 3600 seconds");
  if (g_variant_dict_lookup (values, "listen", "&s", &text)
      && !sonde_server_parse_listen (text, &self->listen_address, &self->listen_port, error))
    return FALSE;
  if (g_variant_dict_lookup (values, "size", "&s", &text) && !parse_size (self, text, error))
    return FALSE;
  if (g_variant_dict_lookup (values, "page", "&s", &text) && !parse_page (self, text, error))
    return FALSE;
  self->has_size = self->screenshot != NULL || g_variant_dict_contains (values, "size");
  return !g_variant_dict_lookup (values, "direction", "&s", &text)
         || parse_direction (self, text, error);
}

void
sonde_launch_options_clear (SondeLaunchOptions *self)
{
  g_clear_pointer (&self->screenshot, g_free);
  g_clear_pointer (&self->listen_address, g_free);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->config, g_free);
}
