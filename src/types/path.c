/* path.c: "motor[1].pid.kp" as steps */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/path.h"

#include <string.h>

/* What stands behind the dot of a file name and so tells "main.c::x" from "robot.std::base". */
static const char *const file_endings[]
    = { "c", "h",   "cc",  "cp",  "cpp", "cxx", "c++", "hh",  "hpp", "hxx", "h++", "C",
        "H", "inc", "inl", "ipp", "tpp", "tcc", "def", "ino", "pde", "m",   "mm",  "s",
        "S", "asm", "rs",  "zig", "d",   "i",   "ii",  "adb", "ads", "f90", "cu",  "gen" };

static gboolean
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '$' || (c & 0x80) != 0;
}

static gboolean
is_file_name (const char *text, gsize length)
{
  const char *dot = g_strrstr_len (text, (gssize) length, ".");

  if (length == 0 || memchr (text, '[', length) != NULL)
    return FALSE;
  if (memchr (text, '/', length) != NULL)
    return TRUE;
  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (file_endings); i++)
    {
      const gsize size = strlen (file_endings[i]);

      if ((gsize) (text + length - dot - 1) == size && memcmp (dot + 1, file_endings[i], size) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Bytes of "dir/file.c::", 0 where the path does not begin with a file. */
static gsize
get_file_length (const char *path)
{
  const char *colons = strstr (path, "::");

  return colons != NULL && is_file_name (path, colons - path) ? (gsize) (colons - path) + 2 : 0;
}

/* Bytes of "operator<<" and its kin, whose signs are no brackets; 0 where @text is none. */
static gsize
get_operator_length (const char *text)
{
  static const char word[] = "operator";
  gsize length = sizeof word - 1;

  if (strncmp (text, word, length) != 0 || is_word (text[length]))
    return 0;
  if (strncmp (text + length, "()", 2) == 0 || strncmp (text + length, "[]", 2) == 0)
    return length + 2;
  while (text[length] != 0 && strchr ("<>=!-+*/%^&|~,", text[length]) != NULL)
    length++;
  return length;
}

static gboolean
is_arrow (const char *text)
{
  return text[0] == '-' && text[1] == '>';
}

/* A dot before a digit is the compiler's ("count.3"), no member's. */
static gboolean
ends_name (const char *text)
{
  return *text == '[' || is_arrow (text) || (*text == '.' && !g_ascii_isdigit (text[1]));
}

/* Bytes up to the first ".", "[" or "->" outside brackets; 0 where the brackets never close. */
static gsize
scan_name (const char *text)
{
  guint depth = 0;
  gsize at = 0;

  while (text[at] != 0 && (depth > 0 || !ends_name (text + at)))
    {
      const gsize skipped
          = at == 0 || !is_word (text[at - 1]) ? get_operator_length (text + at) : 0;

      if (strchr ("<({", text[at]) != NULL)
        depth++;
      else if (strchr (">)}", text[at]) != NULL && depth > 0)
        depth--;
      at += MAX (skipped, 1);
    }
  return depth == 0 ? at : 0;
}

static gsize
get_name_length (const char *text)
{
  const gsize length = scan_name (text);

  return length > 0 || ends_name (text) ? length : strcspn (text, ".[");
}

gsize
sonde_path_root_length (const char *path)
{
  const gsize file = get_file_length (path);

  return file + get_name_length (path + file);
}

static gboolean
read_name (const char **cursor, SondeStepKind kind, const char *text, gsize length, SondeStep *step)
{
  if (length == 0)
    return FALSE;
  *step = (SondeStep){ .kind = kind, .text = text, .length = length };
  *cursor = text + length;
  return TRUE;
}

static gboolean
read_index (const char **cursor, SondeStep *step)
{
  const char *text = *cursor + 1;
  const char *at = text;
  guint64 index = 0;

  for (; g_ascii_isdigit (*at); at++)
    if (!g_uint64_checked_mul (&index, index, 10)
        || !g_uint64_checked_add (&index, index, (guint64) (*at - '0')))
      return FALSE;
  if (at == text || *at != ']')
    return FALSE;
  /* Else "a[1]b" would pass for a step and a new root. */
  if (at[1] != 0 && at[1] != '.' && at[1] != '[' && !is_arrow (at + 1))
    return FALSE;
  *step = (SondeStep){
    .kind = SONDE_STEP_INDEX, .text = text, .length = (gsize) (at - text), .index = index
  };
  *cursor = at + 1;
  return TRUE;
}

gboolean
sonde_path_next (const char **cursor, SondeStep *step)
{
  const char *text = *cursor;

  switch (*text)
    {
    case 0:
      return FALSE;
    case '[':
      return read_index (cursor, step);
    case '.':
      return read_name (cursor, SONDE_STEP_NAME, text + 1, get_name_length (text + 1), step);
    case '-':
      if (is_arrow (text))
        return read_name (cursor, SONDE_STEP_ARROW, text + 2, get_name_length (text + 2), step);
      return FALSE;
    default:
      return read_name (cursor, SONDE_STEP_NAME, text, sonde_path_root_length (text), step);
    }
}

/* -- spelling -- */

const char *
sonde_path_find_closing (const char *open)
{
  guint depth = 0;

  for (const char *at = open; *at != 0; at++)
    if (*at == '(')
      depth++;
    else if (*at == ')' && --depth == 0)
      return at;
  return NULL;
}

/* "(motor_t*)0x20000100": behind the bracket an operand, not a step or more of a name. */
gboolean
sonde_path_is_cast (const char *path)
{
  const char *closing = *path == '(' ? sonde_path_find_closing (path) : NULL;

  return closing != NULL && strchr (".-[:", closing[1]) == NULL;
}

char *
sonde_path_dup_member (const char *path, const char *name)
{
  if (path[0] == '*' && path[1] != '*')
    return g_strconcat (path + 1, "->", name, NULL);
  if (path[0] == '*')
    return g_strconcat ("(", path + 1, ")->", name, NULL);
  return sonde_path_is_cast (path) ? g_strconcat ("(", path, ")->", name, NULL)
                                   : g_strconcat (path, ".", name, NULL);
}

char *
sonde_path_dup_element (const char *path, guint64 index)
{
  const gboolean has_cast = sonde_path_is_cast (path);
  const gboolean braces = has_cast || path[0] == '*';

  return g_strdup_printf ("%s%s%s%s[%" G_GUINT64_FORMAT "]", braces ? "(" : "", has_cast ? "*" : "",
                          path, braces ? ")" : "", index);
}

char *
sonde_path_dup_target (const char *path)
{
  return g_strconcat (sonde_path_is_cast (path) ? "**" : "*", path, NULL);
}

char *
sonde_path_dup_operand (const char *path, gboolean is_behind_pointer)
{
  if (*path == '*')
    return g_strdup (path);
  if (sonde_path_is_cast (path))
    return g_strconcat ("*", path, NULL);
  return is_behind_pointer || *path == '(' || g_ascii_isdigit (*path)
             ? g_strconcat ("(", path, ")", NULL)
             : g_strdup (path);
}
