/* lookup.c: sondectl symbols --at: what lies at an address */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/lookup.h"

#include <string.h>

#include "base/log.h"
#include "cli/row.h"
#include "symbols/symbol-at.h"

#define ADDRESS_FORMAT "0x%08" G_GINT64_MODIFIER "x"

/* -- addresses -- */

gboolean
sonde_lookup_scan (const char *text, guint64 *address)
{
  const gboolean has_prefix = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  const char *digits = has_prefix ? text + 2 : text;
  const gsize n = strspn (digits, "0123456789abcdefABCDEF");

  if (n == 0 || digits[n] != '\0')
    return FALSE;
  return g_ascii_string_to_unsigned (digits, 16, 0, G_MAXUINT64, address, NULL);
}

static SondeExit
check_address (const char *option, const char *text)
{
  guint64 address;

  if (sonde_lookup_scan (text, &address))
    return SONDE_EXIT_OK;
  return sonde_complain (SONDE_EXIT_USAGE,
                         "%s: \"%s\" is no address; give one in hexadecimal, such as 0x20000100",
                         option, text);
}

SondeExit
sonde_lookup_check (const SondeOptions *options)
{
  SondeExit status = SONDE_EXIT_OK;

  for (guint i = 0; i < options->at->len && status == SONDE_EXIT_OK; i++)
    status = check_address ("--at", g_ptr_array_index (options->at, i));
  for (guint i = 0; i < options->addr2line->len && status == SONDE_EXIT_OK; i++)
    if (!g_str_equal (g_ptr_array_index (options->addr2line, i), "-"))
      status = check_address ("--addr2line", g_ptr_array_index (options->addr2line, i));
  for (guint i = 1; options->arguments[i] != NULL && status == SONDE_EXIT_OK; i++)
    if (!g_str_equal (options->arguments[i], "-"))
      status = check_address ("--addr2line", options->arguments[i]);
  return status;
}

/* -- what lies there -- */

static const char *
get_kind (const SondeAtHit *hit)
{
  return hit->kind == SONDE_AT_VALUE
             ? sonde_kind_name (sonde_type_get_kind (sonde_variable_get_type (hit->variable)))
             : sonde_at_kind_name (hit->kind);
}

static const char *
get_type (const SondeAtHit *hit)
{
  const char *name = hit->variable == NULL
                         ? NULL
                         : sonde_type_get_name (sonde_variable_get_type (hit->variable));

  return name != NULL ? name : "";
}

static char *
make_json (const SondeAtHit *hit, const char *address)
{
  const SondeType *type = hit->variable != NULL ? sonde_variable_get_type (hit->variable) : NULL;
  g_autofree char *file = *hit->file != '\0' ? g_path_get_basename (hit->file) : g_strdup ("");
  GString *row = sonde_json_row_new ();

  sonde_json_row_text (row, "address", address);
  sonde_json_row_text (row, "path", hit->path);
  sonde_json_row_int (row, "offset", (gint64) hit->offset);
  sonde_json_row_int (row, "size", (gint64) hit->size);
  sonde_json_row_text (row, "type", get_type (hit));
  sonde_json_row_text (row, "kind", get_kind (hit));
  sonde_json_row_int (row, "bit_offset", type != NULL ? sonde_type_get_bit_offset (type) : 0);
  sonde_json_row_int (row, "bit_size", type != NULL ? sonde_type_get_bit_size (type) : 0);
  sonde_json_row_text (row, "section", hit->section);
  sonde_json_row_text (row, "file", file);
  sonde_json_row_int (row, "line", hit->line);
  if (hit->why != NULL)
    sonde_json_row_text (row, "why", hit->why);
  return sonde_json_row_end (row);
}

/* "float", "unsigned bits 4..11", "function", "uint8_t". */
static char *
describe_type (const SondeAtHit *hit)
{
  const SondeType *type = hit->variable != NULL ? sonde_variable_get_type (hit->variable) : NULL;
  const guint first = type != NULL ? sonde_type_get_bit_offset (type) : 0;
  const guint n = type != NULL ? sonde_type_get_bit_size (type) : 0;

  if (hit->kind != SONDE_AT_VALUE)
    return g_strdup (hit->why != NULL ? hit->why : get_kind (hit));
  if (n == 1)
    return g_strdup_printf ("%s bit %u", get_type (hit), first);
  if (n > 1)
    return g_strdup_printf ("%s bits %u..%u", get_type (hit), first, first + n - 1);
  return g_strdup (get_type (hit));
}

/* Names come from the file and may hold what a terminal obeys. */
static void
add_cell (GString *line, const char *text)
{
  g_autofree char *safe = sonde_log_make_safe (text, -1);

  g_string_append_c (line, '\t');
  g_string_append (line, safe);
}

/* ADDRESS, PATH+OFFSET, what it is, section, file:line. */
static char *
make_line (const SondeAtHit *hit, const char *address)
{
  g_autofree char *what = describe_type (hit);
  g_autofree char *file = *hit->file != '\0' ? g_path_get_basename (hit->file) : g_strdup ("");
  GString *line = g_string_new (address);

  add_cell (line, *hit->path != '\0' ? hit->path : "-");
  if (hit->offset > 0)
    g_string_append_printf (line, "+0x%" G_GINT64_MODIFIER "x", hit->offset);
  add_cell (line, what);
  add_cell (line, hit->section);
  add_cell (line, file);
  if (hit->line > 0)
    g_string_append_printf (line, ":%u", hit->line);
  return g_string_free (line, FALSE);
}

void
sonde_lookup_print_at (SondeErrand *errand, SondeSymbolTable *table)
{
  const SondeOptions *options = sonde_errand_get_options (errand);
  g_autoptr (SondeSymbolAt) at = sonde_symbol_at_new (table);

  for (guint i = 0; i < options->at->len; i++)
    {
      g_autoptr (GPtrArray) hits = NULL;
      g_autofree char *text = NULL;
      guint64 address = 0;

      sonde_lookup_scan (g_ptr_array_index (options->at, i), &address);
      text = g_strdup_printf (ADDRESS_FORMAT, address);
      hits = sonde_symbol_at_find (at, address);
      for (guint j = 0; j < hits->len; j++)
        {
          const SondeAtHit *hit = g_ptr_array_index (hits, j);
          g_autofree char *line = options->json ? make_json (hit, text) : make_line (hit, text);

          sonde_output_line (sonde_errand_get_output (errand), line);
        }
    }
}
