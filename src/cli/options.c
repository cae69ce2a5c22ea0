/* options.c: the command line of sondectl as one struct (grammar: sondectl(1)) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/options.h"

#include <math.h>
#include <string.h>

typedef enum
{
  KIND_FLAG,
  KIND_TEXT,
  KIND_LIST,
  KIND_SPAN,   /* seconds, 0 too */
  KIND_RATE,   /* Hz, 0 is as fast as it goes */
  KIND_NUMBER, /* whole, from 1 */
  KIND_COLOR,
  KIND_FORMAT, /* of a memory map */
  KIND_BY,
  KIND_LATER, /* part of the grammar, not of this version */
} Kind;

#define BIT(command) (1u << SONDE_COMMAND_##command)
#define ANY (~0u)
#define VALUES (BIT (GET) | BIT (SET) | BIT (WATCH))
#define PEERS (VALUES | BIT (DEVICES) | BIT (SEND) | BIT (LOG) | BIT (SERVE))
#define FIELD(name) G_STRUCT_OFFSET (SondeOptions, name)

/* clang-format off */
static const struct
{
  const char *name;
  char letter;
  Kind kind;
  gsize field;
  guint commands;
} options[] = {
  { "listen",     0,   KIND_TEXT,   FIELD (listen),    PEERS | BIT (DEMO) },
  { "elf",        0,   KIND_LIST,   FIELD (elfs),      PEERS | BIT (DOCTOR) | BIT (COMPLETE) },
  { "debug-file", 0,   KIND_TEXT,   FIELD (debug_file), PEERS | BIT (SYMBOLS) | BIT (MAP) | BIT (SIZE) },
  { "device",     0,   KIND_TEXT,   FIELD (device),    PEERS & ~BIT (SERVE) },
  { "all",        0,   KIND_FLAG,   FIELD (all),       VALUES | BIT (SEND) | BIT (SYMBOLS) },
  { "wait",       0,   KIND_SPAN,   FIELD (wait_s),    PEERS },
  { "expect",     0,   KIND_NUMBER, FIELD (expect),    PEERS & ~BIT (SERVE) },
  { "rate",       0,   KIND_RATE,   FIELD (rate_hz),   BIT (WATCH) },
  { "seconds",    0,   KIND_SPAN,   FIELD (seconds),   BIT (WATCH) | BIT (LOG) | BIT (DEMO) | BIT (SEND) },
  { "count",      0,   KIND_NUMBER, FIELD (count),     BIT (WATCH) | BIT (LOG) },
  { "csv",        0,   KIND_TEXT,   FIELD (csv),       BIT (WATCH) | BIT (MAP) },
  { "map",        0,   KIND_TEXT,   FIELD (map),       PEERS },
  { "format",     0,   KIND_FORMAT, FIELD (format),    BIT (MAP) },
  { "like-original", 0, KIND_FLAG,  FIELD (like_original), BIT (MAP) },
  { "paths",      0,   KIND_TEXT,   FIELD (paths),     BIT (DIFF) },
  { "table",      0,   KIND_FLAG,   FIELD (table),     BIT (WATCH) | BIT (DEMO) },
  { "filter",     0,   KIND_TEXT,   FIELD (filter),    BIT (SYMBOLS) },
  { "elements",   0,   KIND_NUMBER, FIELD (elements),  BIT (SYMBOLS) },
  { "at",         0,   KIND_LIST,   FIELD (at),        BIT (SYMBOLS) },
  { "layout",     0,   KIND_TEXT,   FIELD (layout),    BIT (SYMBOLS) },
  { "addr2line",  0,   KIND_LIST,   FIELD (addr2line), BIT (SYMBOLS) },
  { "by",         0,   KIND_BY,     FIELD (by),        BIT (SIZE) },
  { "top",        0,   KIND_NUMBER, FIELD (top),       BIT (SIZE) },
  { "json",       0,   KIND_FLAG,   FIELD (json),      ANY },
  { "timeout",    0,   KIND_SPAN,   FIELD (timeout_s), ANY },
  { "config",     0,   KIND_TEXT,   FIELD (config),    ANY },
  { "color",      0,   KIND_COLOR,  FIELD (color),     ANY },
  { "verbose",    'v', KIND_FLAG,   FIELD (verbose),   ANY },
  { "quiet",      'q', KIND_FLAG,   FIELD (quiet),     ANY },
  { "version",    0,   KIND_FLAG,   FIELD (version),   ANY },
  { "help",       'h', KIND_FLAG,   FIELD (help),      ANY },
  { "alias",      0,   KIND_LATER,  0,                 ANY },
  { "admit",      0,   KIND_LATER,  0,                 ANY },
  { "assert",     0,   KIND_LATER,  0,                 ANY },
};

static const struct
{
  const char *name;
  guint min, max; /* arguments */
  const char *wanted;
} commands[SONDE_N_COMMANDS] = {
  [SONDE_COMMAND_SYMBOLS] = { "symbols", 1, 1,         "one FILE" },
  [SONDE_COMMAND_SIZE]    = { "size",    1, 1,         "one FILE" },
  [SONDE_COMMAND_COMPLETE] = { "complete", 1, 1,       "one WORD" },
  [SONDE_COMMAND_MAP]     = { "map",     1, 1,         "one FILE" },
  [SONDE_COMMAND_DIFF]    = { "diff",    2, 2,         "two files, OLD and NEW" },
  [SONDE_COMMAND_DEVICES] = { "devices", 0, 0,         "no argument" },
  [SONDE_COMMAND_GET]     = { "get",     1, G_MAXUINT, "at least one PATH" },
  [SONDE_COMMAND_SET]     = { "set",     1, G_MAXUINT, "at least one PATH=VALUE" },
  [SONDE_COMMAND_WATCH]   = { "watch",   1, G_MAXUINT, "at least one PATH" },
  [SONDE_COMMAND_SEND]    = { "send",    1, 1,         "one TEXT (in quotes where it holds blanks)" },
  [SONDE_COMMAND_LOG]     = { "log",     0, 0,         "no argument" },
  [SONDE_COMMAND_SERVE]   = { "serve",   0, 0,         "no argument" },
  [SONDE_COMMAND_DEMO]    = { "demo",    0, 0,         "no argument" },
  [SONDE_COMMAND_DOCTOR]  = { "doctor",  0, 0,         "no argument (an ELF goes with --elf FILE)" },
};
/* clang-format on */

typedef struct
{
  SondeOptions *result;
  GPtrArray *words; /* borrowed: what is no option */
  gboolean is_given[G_N_ELEMENTS (options)];
} Parser;

const char *
sonde_command_get_name (SondeCommand command)
{
  return command < SONDE_N_COMMANDS ? commands[command].name : "sondectl";
}

void
sonde_options_free (SondeOptions *self)
{
  g_strfreev (self->arguments);
  g_free (self->listen);
  g_ptr_array_unref (self->elfs);
  g_free (self->debug_file);
  g_free (self->device);
  g_free (self->config);
  g_free (self->csv);
  g_free (self->map);
  g_free (self->format);
  g_free (self->paths);
  g_free (self->filter);
  g_free (self->layout);
  g_ptr_array_unref (self->at);
  g_ptr_array_unref (self->addr2line);
  g_free (self);
}

static SondeOptions *
options_new (void)
{
  SondeOptions *self = g_new0 (SondeOptions, 1);

  self->command = SONDE_N_COMMANDS;
  self->elfs = g_ptr_array_new_with_free_func (g_free);
  self->at = g_ptr_array_new_with_free_func (g_free);
  self->addr2line = g_ptr_array_new_with_free_func (g_free);
  self->wait_s = self->timeout_s = self->rate_hz = self->seconds = -1;
  self->expect = self->count = self->elements = self->top = self->by = -1;
  return self;
}

static gboolean
refuse_value (guint index, const char *text, const char *wanted, GError **error)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "--%s: \"%s\" is not possible; give %s", options[index].name, text, wanted);
  return FALSE;
}

static gboolean
read_decimal (guint index, const char *text, double max, double *value, GError **error)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  if (end != text && *end == '\0' && isfinite (*value) && *value >= 0 && *value <= max)
    return TRUE;
  return refuse_value (index, text,
                       options[index].kind == KIND_RATE ? "a rate in Hz, 0 .. 100000"
                                                        : "seconds, such as 2 or 0.5",
                       error);
}

/* Of a few words the one that was meant; the fields are enumerations in the same order. */
static gboolean
read_choice (guint index, const char *text, int *choice, GError **error)
{
  static const char *const colors[] = { "auto", "always", "never", NULL };
  static const char *const views[] = { "section", "file", "symbol", NULL };
  const gboolean is_color = options[index].kind == KIND_COLOR;
  const char *const *names = is_color ? colors : views;

  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (text, names[i]))
      {
        *choice = i;
        return TRUE;
      }
  return refuse_value (index, text, is_color ? "auto, always or never" : "section, file or symbol",
                       error);
}

static gboolean
store (Parser *self, guint index, const char *text, GError **error)
{
  void *field = (char *) self->result + options[index].field;

  self->is_given[index] = TRUE;
  switch (options[index].kind)
    {
    case KIND_FLAG:
      *(gboolean *) field = TRUE;
      return TRUE;
    case KIND_TEXT:
      if (text[0] == '\0' && field != &self->result->filter)
        return refuse_value (index, text, "a text that is not empty", error);
      g_free (*(char **) field);
      *(char **) field = g_strdup (text);
      return TRUE;
    case KIND_LIST:
      if (text[0] == '\0')
        return refuse_value (index, text, "one that is not empty", error);
      g_ptr_array_add (*(GPtrArray **) field, g_strdup (text));
      return TRUE;
    case KIND_FORMAT:
      if (!g_str_equal (text, "original") && !g_str_equal (text, "sonde"))
        return refuse_value (index, text, "original or sonde", error);
      g_free (*(char **) field);
      *(char **) field = g_strdup (text);
      return TRUE;
    case KIND_SPAN:
      return read_decimal (index, text, 1e9, field, error);
    case KIND_RATE:
      return read_decimal (index, text, 1e5, field, error);
    case KIND_NUMBER:
      if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT32, field, NULL))
        return TRUE;
      return refuse_value (index, text, "a whole number from 1", error);
    case KIND_COLOR:
    case KIND_BY:
      return read_choice (index, text, field, error);
    case KIND_LATER:
    default:
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   "--%s: not in this version; leave it out", options[index].name);
      return FALSE;
    }
}

static int
find_option (const char *word, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (word[1] == '-' ? strlen (options[i].name) == length - 2
                             && !strncmp (options[i].name, word + 2, length - 2)
                       : length == 2 && options[i].letter == word[1])
      return (int) i;
  return -1;
}

/* Takes the option at argv[*position] and the value that may follow it. */
static gboolean
take_option (Parser *self, int argc, char **argv, int *position, GError **error)
{
  const char *word = argv[*position];
  const char *equals = word[1] == '-' ? strchr (word, '=') : NULL;
  const int index = find_option (word, equals ? (gsize) (equals - word) : strlen (word));
  gboolean wants_value;

  if (index < 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                   "%s: unknown option; see sondectl --help", word);
      return FALSE;
    }
  wants_value = options[index].kind != KIND_FLAG && options[index].kind != KIND_LATER;
  if (equals != NULL && options[index].kind == KIND_FLAG)
    return refuse_value ((guint) index, equals + 1, "this option without a value", error);
  if (wants_value && equals == NULL && *position + 1 >= argc)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--%s: needs a value; see sondectl --help", options[index].name);
      return FALSE;
    }
  if (equals != NULL)
    return store (self, (guint) index, equals + 1, error);
  return store (self, (guint) index, wants_value ? argv[++*position] : "", error);
}

static gboolean
take_command (Parser *self, GError **error)
{
  const char *name = self->words->len > 0 ? g_ptr_array_index (self->words, 0) : NULL;

  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < SONDE_N_COMMANDS; i++)
    if (g_str_equal (commands[i].name, name))
      {
        self->result->command = (SondeCommand) i;
        g_ptr_array_remove_index (self->words, 0);
        return TRUE;
      }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
               "%s: unknown command; see sondectl --help", name);
  return FALSE;
}

static gboolean
takes_empty (SondeCommand command)
{
  return command == SONDE_COMMAND_SEND || command == SONDE_COMMAND_COMPLETE;
}

static gboolean
is_blank (const char *word)
{
  return word[strspn (word, " \t\n")] == '\0';
}

static gboolean
check_arguments (Parser *self, GError **error)
{
  const SondeOptions *result = self->result;

  if (result->help || result->version)
    return TRUE;
  if (result->command == SONDE_N_COMMANDS)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "no command; see sondectl --help");
      return FALSE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (self->is_given[i] && (options[i].commands & (1u << result->command)) == 0)
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                     "--%s: not an option of \"%s\"; see sondectl %s --help", options[i].name,
                     commands[result->command].name, commands[result->command].name);
        return FALSE;
      }
  for (guint i = 0; i < self->words->len && !takes_empty (result->command); i++)
    if (is_blank (g_ptr_array_index (self->words, i)))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                     "%s: an argument is empty; see sondectl %s --help",
                     commands[result->command].name, commands[result->command].name);
        return FALSE;
      }
  if (self->words->len >= commands[result->command].min
      && (self->words->len <= commands[result->command].max || result->addr2line->len > 0))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, "%s: takes %s; see sondectl %s --help",
               commands[result->command].name, commands[result->command].wanted,
               commands[result->command].name);
  return FALSE;
}

static char **
dup_words (GPtrArray *words)
{
  char **copy = g_new0 (char *, words->len + 1);

  for (guint i = 0; i < words->len; i++)
    copy[i] = g_strdup (g_ptr_array_index (words, i));
  return copy;
}

/* What cannot stand beside each other, or alone. */
static gboolean
check_pairs (const SondeOptions *result, GError **error)
{
  const gboolean names_file = result->command == SONDE_COMMAND_SYMBOLS
                              || result->command == SONDE_COMMAND_MAP
                              || result->command == SONDE_COMMAND_SIZE;
  const gboolean looks_up = result->at->len > 0 || result->addr2line->len > 0;
  const char *problem = NULL;

  if (result->seconds >= 0 && result->count >= 0)
    problem = "--seconds: cannot stand beside --count; give one of them";
  else if (result->at->len > 0 && result->addr2line->len > 0)
    problem = "--at: cannot stand beside --addr2line; give one of them";
  else if (looks_up && (result->filter != NULL || result->all || result->elements > 0))
    problem = "--filter, --all and --elements: cannot stand beside --at and --addr2line; leave "
              "them out";
  else if (result->layout != NULL
           && (looks_up || result->filter != NULL || result->all || result->elements > 0
               || result->json))
    problem = "--layout: cannot stand beside --at, --addr2line, --filter, --all, --elements and "
              "--json; leave them out";
  else if (result->table && result->json)
    problem = "--table: cannot stand beside --json; give one of them";
  else if (result->debug_file != NULL && !names_file && result->elfs->len != 1 && !result->help)
    problem = "--debug-file: belongs to one --elf; give that one, and no other";
  if (problem != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, problem);
  return problem == NULL;
}

SondeOptions *
sonde_options_parse (int argc, char **argv, GError **error)
{
  g_autoptr (SondeOptions) result = options_new ();
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  Parser parser = { result, words, { FALSE } };
  gboolean is_ended = FALSE;

  for (int i = 1; i < argc; i++)
    {
      if (!is_ended && g_str_equal (argv[i], "--"))
        is_ended = TRUE;
      else if (is_ended || argv[i][0] != '-' || argv[i][1] == '\0')
        g_ptr_array_add (words, argv[i]);
      else if (!take_option (&parser, argc, argv, &i, error))
        return NULL;
    }
  if (!take_command (&parser, error) || !check_arguments (&parser, error)
      || !check_pairs (result, error))
    return NULL;
  result->arguments = dup_words (words);
  return g_steal_pointer (&result);
}
