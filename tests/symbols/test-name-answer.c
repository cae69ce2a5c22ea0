/* test-name-answer.c: why a name is no variable, asked of the fixtures */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/name-answer.h"

#include <string.h>

#include "symbols/symbol-error.h"

typedef struct
{
  const char *name, *answer; /* NULL: unknown; else how the first one begins */
} Case;

// clang-format off
static const Case names[] = {
  { "local", "local in motor_step() (names.c:50)" },
  { "motor_step()::local", "local in motor_step() (names.c:50)" },
  { "names.c::local", "local in motor_step() (names.c:50)" },
  { "other()::local", "local in motor_step() (names.c:50)" },
  { "local.x[3]", "local in motor_step() (names.c:50)" },
  { "*local", "local in motor_step() (names.c:50)" },
  { "parameter", "parameter of motor_step() (names.c:48)" },
  { "argc", "parameter of main() (names.c:72)" },
  { "calls", "static in motor_step() (names.c:51): write motor_step()::calls" },
  { "inlined_local", "local in twice() (names.c:42)" },
  { "inlined_parameter", "parameter of twice() (names.c:40)" },
  { "twice", "a function, inlined away (names.c:40)" },
  { "motor_step", "a function at 0x" },
  { "main()", "a function at 0x" },
  { "dropped", "removed by the linker (names.c:63)" },
  { "dropped_function", "a function, removed by the linker (names.c:66)" },
  { "LIMIT", "macro 42" },
  { "LARGER", "macro with arguments" },
  { "EMPTY", "macro without a value" },
  { "LIMI", NULL },
  { "gain", "constant 1.5 (names.c:36)" },
  { "answer", "constant 42 (names.c:37)" },
  { "RUN", "constant 2 of enum mode" },
  { "BELOW", "constant -5 of enum mode" },
  { "own", "thread-local: each thread has its own (names.c:35)" },
  { "motor", "a type: write (struct motor*)ADDRESS" },
  { "struct motor", "a type: write (struct motor*)ADDRESS" },
  { "gains_t", "a type: write (gains_t*)ADDRESS" },
  { "speed", "a member of struct motor: write motors[0].speed" },
  { "kp", "a member of gains_t: write motors[0].gains.kp" },
  { "lonely", "a member of struct unused_type: name a variable of that type" },
  { "again", "a label in motor_step() (names.c:57)" },
  { "elsewhere", "a variable: write elsewhere" },
  { "completed.0", "a data object at 0x" },
  { "mode", "a variable (names.c:33): write mode" },
  { ".text", "a section at 0x" },
  { "_end", "a linker symbol at 0x" },
  { "_start", "a function at 0x" },
  { "nosuch", NULL },
  { "", NULL },
  { "::", NULL },
  { "motor_step()::", "a function at 0x" },
  { "a%b c\"d'e\\f\n", NULL },
  { "\xff\xfe", NULL },
  { "--explain", NULL },
};

static const Case classes[] = {
  { "angle", "a member of robot::Arm: write robot::arm.angle" },
  { "robot::Arm::angle", "a member of robot::Arm: write robot::arm.angle" },
  { "limit", "constant 6 (classes.cc:23)" },
  { "robot::Arm::limit", "constant 6 (classes.cc:23)" },
  { "Moving", "constant 7 of enum robot::Mode" },
  { "robot", "a namespace: write robot::NAME" },
  { "get", "a function at 0x" },
  { "robot::Arm::get()", "a function at 0x" },
  { "_ZN5robot3Arm3getEv", "a function at 0x" },
  { "calls", "static in robot::Arm::get() (classes.cc:49): write robot::Arm::get()::calls" },
  { "hidden", "a variable (classes.cc:43): write robot::(anonymous namespace)::hidden" },
  { "Arm", "a type: write (robot::Arm*)ADDRESS" },
  { "level", "a variable (classes.cc:38): write robot::v2::level" },
};
// clang-format on

static char *
dup_fixture (const char *name)
{
  return g_build_filename (g_getenv ("SONDE_FIXTURES"), name, NULL);
}

static void
assert_answers (const char *fixture, const Case *cases, guint n)
{
  g_autofree char *path = dup_fixture (fixture);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) answers = sonde_name_answer (path, cases[i].name, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (answers->len, <=, 8);
      if (cases[i].answer == NULL)
        {
          g_assert_cmpstr (answers->len > 0 ? answers->pdata[0] : NULL, ==, NULL);
          continue;
        }
      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (answers->len, >, 0);
      if (!g_str_has_prefix (answers->pdata[0], cases[i].answer))
        g_assert_cmpstr (answers->pdata[0], ==, cases[i].answer);
    }
}

static void
test_names (gconstpointer data)
{
  assert_answers (data, names, G_N_ELEMENTS (names));
}

/* Several of one name: each is told by the path that the list of variables has. */
static void
test_paths (void)
{
  static const Case cases[] = {
    { "counter", "a variable (kinds.c:60): write kinds.c::counter" },
    { "nofile.c::counter", "a variable (kinds.c:60): write kinds.c::counter" },
    { "other.c::counter", "a variable (other.c:8): write other.c::counter" },
    { "calls", "static in step() (kinds.c:68): write step()::calls" },
    { "other_step()::calls", "static in other_step() (other.c:15): write other_step()::calls" },
  };
  g_autofree char *path = dup_fixture ("kinds-dwarf5.elf");
  g_autoptr (GPtrArray) answers = sonde_name_answer (path, "calls", NULL);

  assert_answers ("kinds-dwarf5.elf", cases, G_N_ELEMENTS (cases));
  g_assert_cmpuint (answers->len, ==, 3);
  g_assert_true (g_str_has_suffix (answers->pdata[1], ": write step()::calls#2"));
}

static void
test_classes (void)
{
  g_autofree char *path = dup_fixture ("classes-dwarf5.elf");

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no C++ compiler");
      return;
    }
  assert_answers ("classes-dwarf5.elf", classes, G_N_ELEMENTS (classes));
}

/* Nothing else is known there: which units could not be looked into. */
static void
test_skipped (void)
{
  static const Case cases[] = {
    { "nosuch", "in unit " },
    { "main", "a function at 0x" },
  };
  g_autofree char *path = dup_fixture ("kinds-split.elf");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = sonde_name_answer (path, "nosuch", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, 2);
  g_assert_nonnull (strstr (answers->pdata[0], "kinds.dwo, skipped because "));
  g_assert_nonnull (strstr (answers->pdata[1], "other.dwo, skipped because "));
  assert_answers ("kinds-split.elf", cases, G_N_ELEMENTS (cases));
}

static void
test_symbols_alone (void)
{
  static const Case cases[] = {
    { "main", "a function at 0x" },
    { "_end", "a linker symbol at 0x" },
    { "nosuch", NULL },
  };

  assert_answers ("kinds-symbols.elf", cases, G_N_ELEMENTS (cases));
}

static void
test_no_elf (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sonde_name_answer ("/nonexistent", "x", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static GPtrArray *
ask (const char *name, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = dup_fixture ("names-dwarf5.elf");
  g_autoptr (GAsyncResult) result = NULL;

  sonde_name_answer_async (path, name, cancellable, on_answered, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return sonde_name_answer_finish (result, error);
}

static void
test_async (void)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = ask ("LIMIT", NULL, &error);
  g_autoptr (GPtrArray) none = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (answers->len, ==, 1);
  g_assert_cmpstr (answers->pdata[0], ==, "macro 42");
  none = ask ("", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_cancellable_cancel (cancelled);
  g_assert_null (ask ("LIMIT", cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/name-answer/dwarf-4", "names-dwarf4.elf", test_names);
  g_test_add_data_func ("/name-answer/dwarf-5", "names-dwarf5.elf", test_names);
  g_test_add_func ("/name-answer/paths", test_paths);
  g_test_add_func ("/name-answer/classes", test_classes);
  g_test_add_func ("/name-answer/skipped", test_skipped);
  g_test_add_func ("/name-answer/symbols-alone", test_symbols_alone);
  g_test_add_func ("/name-answer/no-elf", test_no_elf);
  g_test_add_func ("/name-answer/async", test_async);
  return g_test_run ();
}
