/* reason.c: what the firmware says of a name that is no variable */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/reason.h"

#include <string.h>

#include "symbols/name-answer.h"

/* A line takes no more. */
#define MAX_TOLD 3
#define JOINED ": write "

static const struct
{
  const char *begin, *advice;
} advices[] = {
  { "local in", "watch something static instead" },
  { "parameter", "watch something static instead" },
  { "constant", "it never changes, use the number" },
  { "macro", "it never changes, use the number" },
  { "a function", "name a variable" },
  { "removed by", "use it in the program, or have the linker keep it" },
  { "optimised away", "make it volatile, or compile its file with -Og" },
  { "in a register", "make it volatile, or compile its file with -Og" },
  { "in unit", "build it again with debug information in the file itself" },
  { "thread-local", "name a variable that all threads share" },
  { "declared", "compile the file that defines it with -g" },
};

static const char *
find_advice (const char *answer)
{
  for (guint i = 0; i < G_N_ELEMENTS (advices); i++)
    if (g_str_has_prefix (answer, advices[i].begin))
      return advices[i].advice;
  return "name a variable";
}

/* Some answers bring what to do along: "a member of struct motor: write motor.speed". */
static const char *
find_own_advice (const char *answer)
{
  static const char *const words[] = { ": write ", ": read ", ": name " };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      const char *at = strstr (answer, words[i]);

      if (at != NULL)
        return at;
    }
  return NULL;
}

/* "write a.c::x" and ": write b.c::x" are one piece of advice; others stay where they are. */
static void
append_other (GString *text, GString *advice, const char *answer)
{
  const char *own = find_own_advice (answer);
  const gboolean joins
      = own != NULL && g_str_has_prefix (own, JOINED) && g_str_has_prefix (advice->str, JOINED + 2);

  g_string_append (text, ", or ");
  g_string_append_len (text, answer, joins ? own - answer : (gssize) strlen (answer));
  if (joins)
    g_string_append_printf (advice, " or %s", own + strlen (JOINED));
}

char *
sonde_reason_write (const char *path, const GPtrArray *answers)
{
  g_autoptr (GString) text = g_string_new (path);
  g_autoptr (GString) advice = g_string_new (NULL);
  const char *first, *own;

  if (answers->len == 0)
    return NULL;
  first = answers->pdata[0];
  own = find_own_advice (first);
  g_string_append (text, ": ");
  g_string_append_len (text, first, own != NULL ? own - first : (gssize) strlen (first));
  g_string_append (advice, own != NULL ? own + 2 : find_advice (first));
  for (guint i = 1; i < MIN (answers->len, MAX_TOLD); i++)
    append_other (text, advice, answers->pdata[i]);
  g_string_append_printf (text, "; %s", advice->str);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
sonde_reason_dup (const char *elf, const char *path)
{
  g_autoptr (GPtrArray) answers = sonde_name_answer (elf, path, NULL);

  return answers != NULL ? sonde_reason_write (path, answers) : NULL;
}
