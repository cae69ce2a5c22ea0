/* test-variable.c: places that open into children, by index and by path */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/variable.h"

#include <string.h>

#include "types/text.h"

typedef struct
{
  SondeVariable *motor;
} Fixture;

/* struct { float speed; struct { float kp; } pid[2]; union { uint32_t word; uint8_t bytes[4]; };
 *          uint32_t ready : 1; uint32_t : 3; char name[8]; uint8_t rest[]; } motor */
static SondeType *
new_motor_type (void)
{
  g_autoptr (SondeType) real
      = sonde_type_new_base (SONDE_KIND_NUMBER, "float", SONDE_ENCODING_FLOAT, FALSE, 4);
  g_autoptr (SondeType) word
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint32_t", SONDE_ENCODING_UNSIGNED, FALSE, 4);
  g_autoptr (SondeType) byte
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint8_t", SONDE_ENCODING_UNSIGNED, FALSE, 1);
  g_autoptr (SondeType) letter
      = sonde_type_new_base (SONDE_KIND_CHAR, "char", SONDE_ENCODING_CHAR, FALSE, 1);
  const SondeMember pid_members[] = { { "kp", real, 0 } };
  g_autoptr (SondeType) pid = sonde_type_new_struct (SONDE_KIND_STRUCT, "pid", 4, pid_members, 1);
  g_autoptr (SondeType) pids = sonde_type_new_array (NULL, pid, 2);
  g_autoptr (SondeType) bytes = sonde_type_new_array (NULL, byte, 4);
  const SondeMember raw_members[] = { { "word", word, 0 }, { "bytes", bytes, 0 } };
  g_autoptr (SondeType) raw = sonde_type_new_struct (SONDE_KIND_UNION, NULL, 4, raw_members, 2);
  g_autoptr (SondeType) ready = sonde_type_new_bitfield (word, 0, 1);
  g_autoptr (SondeType) padding = sonde_type_new_bitfield (word, 1, 3);
  g_autoptr (SondeType) name = sonde_type_new_array (NULL, letter, 8);
  g_autoptr (SondeType) rest = sonde_type_new_array (NULL, byte, 0);
  const SondeMember members[]
      = { { "speed", real, 0 },  { "pid", pids, 4 },   { NULL, raw, 12 },   { "ready", ready, 16 },
          { NULL, padding, 16 }, { "name", name, 20 }, { "rest", rest, 28 } };

  return sonde_type_new_struct (SONDE_KIND_STRUCT, "motor_t", 28, members, G_N_ELEMENTS (members));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (SondeType) type = new_motor_type ();
  g_autofree char *path = g_strdup ("motor");
  const SondeVariableInfo info = { .path = path,
                                   .address = 0x20000100,
                                   .type = type,
                                   .byte_order = G_BIG_ENDIAN,
                                   .pointer_size = 4,
                                   .memory = SONDE_MEMORY_FLASH,
                                   .is_writable = TRUE,
                                   .unit = "rpm",
                                   .section = ".data",
                                   .file = "main.c",
                                   .line = 12 };

  f->motor = sonde_variable_new (&info);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sonde_variable_unref (f->motor);
}

static void
test_children (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *path;
    guint64 address;
    guint64 size;
    gboolean is_leaf;
  } expected[] = {
    { "motor.speed", 0x20000100, 4, TRUE }, { "motor.pid", 0x20000104, 8, FALSE },
    { "motor.word", 0x2000010c, 4, TRUE },  { "motor.bytes", 0x2000010c, 4, FALSE },
    { "motor.ready", 0x20000110, 4, TRUE }, { "motor.name", 0x20000114, 8, TRUE },
    { "motor.rest", 0x2000011c, 0, FALSE },
  };

  g_assert_false (sonde_variable_is_leaf (f->motor));
  g_assert_cmpuint (sonde_variable_get_n_children (f->motor), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (SondeVariable) child = sonde_variable_dup_child (f->motor, i);

      g_assert_cmpstr (sonde_variable_get_path (child), ==, expected[i].path);
      g_assert_cmphex (sonde_variable_get_address (child), ==, expected[i].address);
      g_assert_cmpuint (sonde_variable_get_size (child), ==, expected[i].size);
      g_assert_cmpint (sonde_variable_is_leaf (child), ==, expected[i].is_leaf);
    }
  g_assert_null (sonde_variable_dup_child (f->motor, G_N_ELEMENTS (expected)));
}

/* A grandchild outlives everything it came from, with what it inherited. */
static void
test_inherits (Fixture *f, gconstpointer data)
{
  g_autoptr (SondeVariable) child = sonde_variable_dup_by_path (f->motor, ".pid[1].kp", NULL);

  g_clear_pointer (&f->motor, sonde_variable_unref);
  const SondeVariableInfo *info = sonde_variable_get_info (child);
  g_assert_cmpstr (info->path, ==, "motor.pid[1].kp");
  g_assert_cmphex (info->address, ==, 0x20000108);
  g_assert_cmpint (info->byte_order, ==, G_BIG_ENDIAN);
  g_assert_cmpuint (info->pointer_size, ==, 4);
  g_assert_cmpint (info->memory, ==, SONDE_MEMORY_FLASH);
  g_assert_true (info->is_writable);
  g_assert_cmpstr (info->section, ==, ".data");
  g_assert_cmpstr (info->file, ==, "main.c");
  g_assert_cmpuint (info->line, ==, 12);
  g_assert_null (info->unit);
  g_assert_cmpuint (sonde_variable_get_n_children (child), ==, 0);
}

static void
test_by_path (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *rest;
    guint64 address;
    const char *message; /* NULL: it is there */
  } cases[] = {
    { "", 0x20000100, NULL },
    { ".pid[0].kp", 0x20000104, NULL },
    { ".bytes[3]", 0x2000010f, NULL },
    { ".name[2]", 0x20000116, NULL },
    { ".sped", 0,
      "motor.sped: no such member, motor has speed, pid, word, bytes, ready, name, rest" },
    { ".pid.kp", 0, "motor.pid.kp: no such member, motor.pid is an array (pid[2])" },
    { ".speed.x", 0, "motor.speed.x: no such member, motor.speed has none (float)" },
    { ".pid[2]", 0, "motor.pid[2]: out of range, motor.pid has 0 .. 1" },
    { ".speed[0]", 0, "motor.speed[0]: no such element, motor.speed is no array (float)" },
    { ".rest[0]", 0, "motor.rest[0]: no such element, motor.rest has no known length (uint8_t[])" },
    { ".pid[", 0, "motor.pid[: \"[\" is neither a member nor an element" },
    { ".", 0, "motor.: \".\" is neither a member nor an element" },
    { "pid", 0, "motorpid: a member follows after a dot, an element in brackets" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SondeVariable) found
          = sonde_variable_dup_by_path (f->motor, cases[i].rest, &error);

      if (cases[i].message == NULL)
        {
          g_assert_no_error (error);
          g_assert_cmphex (sonde_variable_get_address (found), ==, cases[i].address);
          continue;
        }
      g_assert_null (found);
      g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* Opens in the same time as a small one: nothing is made before it is asked for. */
static void
test_large_array (void)
{
  g_autoptr (SondeType) byte
      = sonde_type_new_base (SONDE_KIND_NUMBER, "uint8_t", SONDE_ENCODING_UNSIGNED, FALSE, 1);
  g_autoptr (SondeType) bytes = sonde_type_new_array (NULL, byte, G_GUINT64_CONSTANT (1) << 40);
  const SondeVariableInfo info = { .path = "b", .type = bytes, .unit = "lux" };
  g_autoptr (SondeVariable) large = sonde_variable_new (&info);
  g_autoptr (SondeVariable) last
      = sonde_variable_dup_child (large, (G_GUINT64_CONSTANT (1) << 40) - 1);

  g_assert_cmpuint (sonde_variable_get_n_children (large), ==, G_GUINT64_CONSTANT (1) << 40);
  g_assert_cmpstr (sonde_variable_get_path (last), ==, "b[1099511627775]");
  g_assert_cmphex (sonde_variable_get_address (last), ==, G_GUINT64_CONSTANT (0xffffffffff));
  g_assert_cmpstr (sonde_variable_get_info (last)->unit, ==, "lux");
}

static SondeType *
resolve_itself (gpointer owner, guint32 token)
{
  return token == 0 ? sonde_type_ref (owner) : sonde_type_new_opaque ("struct hidden", 0);
}

static SondeVariable *
new_pointer (SondeType *target, const char *name, guint32 token)
{
  g_autoptr (SondeType) type = sonde_type_new_pointer (
      name, 4, target != NULL ? resolve_itself : NULL, target, NULL, token);
  const SondeVariableInfo info = { .path = "p",
                                   .address = 0x20000000,
                                   .type = type,
                                   .byte_order = G_BIG_ENDIAN,
                                   .pointer_size = 4,
                                   .is_writable = TRUE,
                                   .unit = "rpm",
                                   .scale = 0.5,
                                   .description = "where to",
                                   .file = "main.c" };

  return sonde_variable_new (&info);
}

static void
test_target (Fixture *f, gconstpointer data)
{
  g_autoptr (SondeVariable) pointer
      = new_pointer (sonde_variable_get_type (f->motor), "motor_t *", 0);
  g_autoptr (SondeVariable) target = sonde_variable_dup_target (pointer);
  g_autoptr (SondeVariable) child = sonde_variable_dup_by_path (pointer, "[1].pid[1].kp", NULL);
  const SondeVariableInfo *info = sonde_variable_get_info (child);

  g_assert_cmpstr (sonde_variable_get_path (target), ==, "*p");
  g_assert_true (sonde_variable_get_info (target)->pointer == pointer);
  g_assert_cmpstr (info->path, ==, "p[1].pid[1].kp");
  g_assert_cmphex (info->address, ==, 28 + 8);
  g_assert_true (info->pointer == pointer);
  g_assert_null (info->unit);
  g_assert_null (info->description);
  g_assert_cmpfloat (info->scale, ==, 1);
  g_assert_null (info->file);
  g_assert_cmpint (info->byte_order, ==, G_BIG_ENDIAN);
  g_assert_null (sonde_variable_dup_target (f->motor));
}

/* Nothing to follow: each says why. */
static void
test_no_target (Fixture *f, gconstpointer data)
{
  SondeType *type = sonde_variable_get_type (f->motor);
  g_autoptr (SondeVariable) nothing = new_pointer (NULL, "void *", 0);
  g_autoptr (SondeVariable) code = new_pointer (type, "int (*)(void)", 1);
  g_autoptr (SondeVariable) hidden = new_pointer (type, "struct hidden *", 1);
  SondeVariable *const pointers[] = { nothing, code, hidden, f->motor };
  static const char *const parts[] = { "void pointer", "function", "declares", "no pointer" };

  for (guint i = 0; i < G_N_ELEMENTS (pointers); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sonde_variable_follow (pointers[i], &error));
      g_assert_error (error, SONDE_TYPE_ERROR, SONDE_TYPE_ERROR_PATH);
      g_assert_nonnull (strstr (error->message, parts[i]));
    }
}

/* Elements share what one number means, members do not. */
static void
test_meaning (Fixture *f, gconstpointer data)
{
  SondeVariableInfo info = *sonde_variable_get_info (f->motor);
  g_autoptr (SondeType) pids = sonde_type_new_array (NULL, info.type, 2);

  info.type = pids;
  info.scale = 0.5;
  info.description = "both";
  g_autoptr (SondeVariable) array = sonde_variable_new (&info);
  g_autoptr (SondeVariable) element = sonde_variable_dup_child (array, 1);
  g_autoptr (SondeVariable) member = sonde_variable_dup_child (element, 0);
  g_assert_cmpfloat (sonde_variable_get_info (element)->scale, ==, 0.5);
  g_assert_cmpstr (sonde_variable_get_info (element)->description, ==, "both");
  g_assert_cmpfloat (sonde_variable_get_info (member)->scale, ==, 1);
  g_assert_null (sonde_variable_get_info (member)->description);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/variable/children", test_children);
  ADD ("/variable/inherits", test_inherits);
  ADD ("/variable/by-path", test_by_path);
  ADD ("/variable/target", test_target);
  ADD ("/variable/no-target", test_no_target);
  ADD ("/variable/meaning", test_meaning);
  g_test_add_func ("/variable/large-array", test_large_array);
  return g_test_run ();
}
