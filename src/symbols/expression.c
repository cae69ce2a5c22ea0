/* expression.c: what a person types for a place in memory becomes a variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/expression.h"

#include <string.h>

#include "symbols/plain-types.h"
#include "symbols/type-names.h"
#include "types/path.h"
#include "types/text.h"

/* Stars, casts and brackets around each other. */
#define MAX_DEPTH 64

/* A place. Of a cast it is what the pointer points to, and the next star or arrow is part of the
 * cast: "*(T*)x", "((T*)x)->a". */
typedef struct
{
  SondeVariable *place; /* owned; NULL: an error was set */
  gboolean is_cast;
} Value;

static Value read_value (const SondeExpressionScope *scope, const char *text, guint depth,
                         GError **error);

static const Value no_value = { NULL, FALSE };

static Value G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  g_autofree char *message = NULL;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH, message);
  return no_value;
}

static const char *
skip_blanks (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;
  return text;
}

static gboolean
begins_step (const char *text)
{
  return *text == '.' || *text == '[' || g_str_has_prefix (text, "->");
}

static gboolean
is_address (const char *text)
{
  return text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
}

static gboolean
read_address (const char *text, guint64 *address, const char **end)
{
  char *after;

  if (!g_ascii_isxdigit (text[2]) || strspn (text + 2, "0123456789abcdefABCDEF") > 16)
    return FALSE;
  *address = g_ascii_strtoull (text, &after, 16);
  *end = after;
  return TRUE;
}

/* -- steps -- */

/* "((T*)x)[3]" */
static Value
index_cast (Value value, const char *steps, GError **error)
{
  g_autoptr (SondeVariable) place = value.place;
  g_autoptr (SondeVariable) element = NULL;
  g_autofree char *path = NULL;
  const char *cursor = steps;
  SondeStep step;

  if (!sonde_path_next (&cursor, &step))
    return refuse (error, "%s%s: \"%s\" is no element; write [3]", sonde_variable_get_path (place),
                   steps, steps);
  path = g_strdup_printf ("(%s)[%" G_GUINT64_FORMAT "]", sonde_variable_get_path (place),
                          step.index);
  element = sonde_variable_dup_shifted (place, step.index, path, error);
  if (element == NULL)
    return no_value;
  return (Value){ sonde_variable_dup_by_path (element, cursor, error), FALSE };
}

/* Takes over the value. */
static Value
take_steps (Value value, const char *steps, GError **error)
{
  g_autoptr (SondeVariable) place = NULL;
  g_autofree char *dotted = NULL;

  steps = skip_blanks (steps);
  if (value.place == NULL || *steps == 0)
    return value;
  if (value.is_cast && *steps == '[')
    return index_cast (value, steps, error);
  place = value.place;
  if (value.is_cast && *steps == '-' && begins_step (steps))
    dotted = g_strconcat (".", steps + 2, NULL);
  return (Value){ sonde_variable_dup_by_path (place, dotted != NULL ? dotted : steps, error),
                  FALSE };
}

/* -- raw places -- */

/* "[16]" behind a type: so many of it. */
static gboolean
read_count (const char **text, guint64 *count)
{
  char *end;

  if (**text != '[' || !g_ascii_isdigit ((*text)[1]))
    return FALSE;
  *count = g_ascii_strtoull (*text + 1, &end, 10);
  if (*end != ']')
    return FALSE;
  *text = end + 1;
  return TRUE;
}

/* "0x20000100:u32", "0x20000100:u8[16]" */
static Value
read_raw (const SondeExpressionScope *scope, const char *text, GError **error)
{
  g_autoptr (SondeType) type = NULL;
  g_autofree char *path = NULL;
  const char *at;
  gsize length;
  guint64 address, count;

  if (!read_address (text, &address, &at))
    return refuse (error, "%s: not an address; write 0x20000100:u32", text);
  length = *at == ':' ? strspn (at + 1, "abcdefghijklmnopqrstuvwxyz_0123456789") : 0;
  type = length > 0 ? sonde_plain_type_new_short (at + 1, length) : NULL;
  if (type == NULL)
    return refuse (error,
                   "%s: has no type; add one of " SONDE_PLAIN_SHORT_NAMES
                   " or write (TYPE*)0x%08" G_GINT64_MODIFIER "x",
                   text, address);
  at += 1 + length;
  if (read_count (&at, &count))
    {
      SondeType *element = type;

      type = sonde_type_new_array (NULL, element, count);
      sonde_type_unref (element);
    }
  path = g_strndup (text, (gsize) (at - text));
  return take_steps ((Value){ scope->dup_place (scope->owner, address, type, path, error), FALSE },
                     at, error);
}

/* -- casts -- */

/* "(struct motor *": the type that is pointed to, spelled as it reads best. */
typedef struct
{
  SondeType *target; /* owned */
  char *text;        /* owned: "(struct motor*)" */
} Cast;

static void
clear_cast (Cast *cast)
{
  g_clear_pointer (&cast->target, sonde_type_unref);
  g_free (cast->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cast, clear_cast)

/* Pointers to a pointer get the size an address has in @scope: that of any place of it. */
static SondeType *
add_stars (const SondeExpressionScope *scope, SondeType *type, guint n)
{
  g_autoptr (SondeVariable) place
      = n > 0 ? scope->dup_place (scope->owner, 0, type, "", NULL) : NULL;
  const guint size = place != NULL ? sonde_variable_get_info (place)->pointer_size : 4;

  for (; n > 0; n--)
    {
      SondeType *target = type;

      type = sonde_plain_type_new_pointer (target, size);
      sonde_type_unref (target);
    }
  return type;
}

static gboolean
read_cast (const SondeExpressionScope *scope, const char *inner, Cast *cast, GError **error)
{
  g_autofree char *name = sonde_type_name_squeeze (inner, strlen (inner));
  const gsize length = strcspn (name, "*");
  const guint n_stars = (guint) strspn (name + length, "*");
  g_autofree char *bare = sonde_type_name_squeeze (name, length);
  SondeType *type;

  if (length == 0 || n_stars == 0 || n_stars > MAX_DEPTH || name[length + n_stars] != 0)
    {
      refuse (error, "(%s): no pointer to a type; write (TYPE*)ADDRESS or (TYPE*)VARIABLE", inner);
      return FALSE;
    }
  type = scope->dup_type (scope->owner, bare, error);
  if (type == NULL)
    return FALSE;
  cast->target = add_stars (scope, type, n_stars - 1);
  cast->text = g_strdup_printf ("(%s%s)", bare, name + length);
  return TRUE;
}

static char *
dup_operand_path (Value operand)
{
  const SondeVariableInfo *info = sonde_variable_get_info (operand.place);

  return operand.is_cast ? g_strdup (info->path)
                         : sonde_path_dup_operand (info->path, info->pointer != NULL);
}

static gboolean
can_hold_address (const SondeVariable *variable)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  const SondeEncoding encoding = sonde_type_get_encoding (info->type);

  return sonde_type_get_kind (info->type) == SONDE_KIND_POINTER
         || (sonde_type_get_kind (info->type) == SONDE_KIND_NUMBER
             && sonde_type_get_size (info->type) == info->pointer_size
             && (encoding == SONDE_ENCODING_UNSIGNED || encoding == SONDE_ENCODING_SIGNED));
}

/* The variable holds the address: it is read first, as a pointer to the target. */
static SondeVariable *
follow_as (SondeVariable *variable, const Cast *cast, const char *path, GError **error)
{
  const SondeVariableInfo *info = sonde_variable_get_info (variable);
  g_autoptr (SondeType) type = sonde_plain_type_new_pointer (cast->target, info->pointer_size);
  g_autoptr (SondeVariable) pointer = sonde_variable_dup_as (variable, type, info->path);
  g_autoptr (SondeVariable) place = sonde_variable_follow (pointer, error);

  return place != NULL ? sonde_variable_dup_as (place, cast->target, path) : NULL;
}

/* Takes over the operand. */
static Value
cast_value (const Cast *cast, Value operand, GError **error)
{
  g_autoptr (SondeVariable) place = operand.place;
  g_autofree char *inner = NULL;
  g_autofree char *path = NULL;
  SondeType *type;

  if (place == NULL)
    return no_value;
  inner = dup_operand_path (operand);
  path = g_strconcat (cast->text, inner, NULL);
  type = sonde_variable_get_type (place);
  if (operand.is_cast || sonde_type_get_kind (type) == SONDE_KIND_ARRAY)
    return (Value){ sonde_variable_dup_as (place, cast->target, path), TRUE };
  if (can_hold_address (place))
    return (Value){ follow_as (place, cast, path, error), TRUE };
  return refuse (error,
                 "%s: holds no address (%s, %" G_GUINT64_FORMAT
                 " bytes); to read its own bytes write %s&%s",
                 inner, sonde_type_get_name (type), sonde_type_get_size (type), cast->text, inner);
}

/* "(uint8_t*)&motor": the bytes of the variable itself. */
static Value
cast_address_of (const SondeExpressionScope *scope, const Cast *cast, const char *operand,
                 guint depth, GError **error)
{
  const Value value = read_value (scope, operand, depth + 1, error);
  g_autoptr (SondeVariable) place = value.place;
  g_autofree char *path = NULL;
  g_autofree char *inner = NULL;

  if (place == NULL)
    return no_value;
  inner = dup_operand_path ((Value){ place, FALSE });
  path = g_strconcat (cast->text, "&", inner, NULL);
  return (Value){ sonde_variable_dup_as (place, cast->target, path), TRUE };
}

static Value
cast_literal (const SondeExpressionScope *scope, const Cast *cast, const char *operand,
              GError **error)
{
  g_autofree char *path = NULL;
  const char *rest = operand;
  guint64 address = 0;
  Value value = { NULL, TRUE };

  if (is_address (operand))
    {
      if (!read_address (operand, &address, &rest))
        return refuse (error, "%s: not an address; write %s0x20000100", operand, cast->text);
    }
  else
    address = g_ascii_strtoull (operand, (char **) &rest, 10);
  rest = skip_blanks (rest);
  if (*rest != 0 && !begins_step (rest))
    return refuse (error, "%s%s: \"%s\" does not belong behind an address; leave it out",
                   cast->text, operand, rest);
  path = g_strdup_printf ("%s0x%08" G_GINT64_MODIFIER "x", cast->text, address);
  value.place = scope->dup_place (scope->owner, address, cast->target, path, error);
  return take_steps (value, rest, error);
}

/* Where the step at @text ends; NULL where there is none. */
static const char *
find_step_end (const char *text)
{
  const char *cursor = text;
  SondeStep step;

  return begins_step (text) && sonde_path_next (&cursor, &step) ? cursor : NULL;
}

/* "(T*)a.handle->x": steps belong to the operand as long as it is no pointer or number. */
static Value
cast_named (const SondeExpressionScope *scope, const Cast *cast, const char *operand,
            GError **error)
{
  const char *end = operand + sonde_path_root_length (operand);
  Value value = { NULL, FALSE };

  while (TRUE)
    {
      g_autofree char *path = g_strndup (operand, (gsize) (end - operand));
      g_autoptr (GError) problem = NULL;
      const char *next = find_step_end (end);

      g_clear_pointer (&value.place, sonde_variable_unref);
      value.place = scope->dup_named (scope->owner, path, &problem);
      if (next == NULL || (value.place != NULL && sonde_variable_get_n_children (value.place) == 0))
        {
          if (value.place == NULL)
            {
              g_propagate_error (error, g_steal_pointer (&problem));
              return no_value;
            }
          return take_steps (cast_value (cast, value, error), end, error);
        }
      end = next;
    }
}

static Value
read_cast_of (const SondeExpressionScope *scope, const char *inner, const char *operand,
              guint depth, GError **error)
{
  g_auto (Cast) cast = { NULL, NULL };
  const char *closing = *operand == '(' ? sonde_path_find_closing (operand) : NULL;

  if (!read_cast (scope, inner, &cast, error))
    return no_value;
  if (*operand == '&')
    return cast_address_of (scope, &cast, operand + 1, depth, error);
  if (g_ascii_isdigit (*operand))
    return cast_literal (scope, &cast, operand, error);
  if (closing != NULL && begins_step (skip_blanks (closing + 1)))
    {
      g_autofree char *text = g_strndup (operand, (gsize) (closing + 1 - operand));

      return take_steps (cast_value (&cast, read_value (scope, text, depth + 1, error), error),
                         closing + 1, error);
    }
  if (*operand == '*' || (closing != NULL && closing[1] != ':'))
    return cast_value (&cast, read_value (scope, operand, depth + 1, error), error);
  return cast_named (scope, &cast, operand, error);
}

/* -- all of it -- */

/* "(...)": brackets around something, a cast, or the beginning of a name of C++. */
static Value
read_bracket (const SondeExpressionScope *scope, const char *text, guint depth, GError **error)
{
  const char *closing = sonde_path_find_closing (text);
  g_autofree char *inner = NULL;
  const char *rest;

  if (closing == NULL)
    return refuse (error, "%s: a bracket is opened and never closed; add )", text);
  rest = skip_blanks (closing + 1);
  if (g_str_has_prefix (rest, "::"))
    return (Value){ scope->dup_named (scope->owner, text, error), FALSE };
  inner = g_strndup (text + 1, (gsize) (closing - text - 1));
  if (*rest == 0 || begins_step (rest))
    return take_steps (read_value (scope, inner, depth + 1, error), rest, error);
  return read_cast_of (scope, inner, rest, depth, error);
}

static Value
read_star (const SondeExpressionScope *scope, const char *text, guint depth, GError **error)
{
  const Value value = read_value (scope, text, depth + 1, error);
  g_autoptr (SondeVariable) place = value.place;

  if (place == NULL)
    return no_value;
  if (value.is_cast)
    return (Value){ g_steal_pointer (&place), FALSE };
  return (Value){ sonde_variable_follow (place, error), FALSE };
}

static Value
read_value (const SondeExpressionScope *scope, const char *text, guint depth, GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));

  if (depth > MAX_DEPTH)
    return refuse (error,
                   "%.20s..: more than %d stars, casts and brackets around each other; "
                   "begin nearer to the end",
                   text, MAX_DEPTH);
  switch (*trimmed)
    {
    case '*':
      return read_star (scope, trimmed + 1, depth, error);
    case '(':
      return read_bracket (scope, trimmed, depth, error);
    default:
      if (is_address (trimmed))
        return read_raw (scope, trimmed, error);
      return (Value){ scope->dup_named (scope->owner, trimmed, error), FALSE };
    }
}

SondeVariable *
sonde_expression_resolve (const SondeExpressionScope *scope, const char *text, GError **error)
{
  return read_value (scope, text, 0, error).place;
}
