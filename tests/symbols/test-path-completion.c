/* test-path-completion.c: what the beginning of a path may become */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "symbols/path-completion.h"

#include "symbols/symbol-image-writer.h"

typedef struct
{
  SondeImageWriter *writer;
  guint64 next; /* address */
} Maker;

static guint32
text (Maker *self, const char *name)
{
  return sonde_image_writer_text (self->writer, name);
}

static guint32
add_base (Maker *self, SondeKind kind, SondeEncoding encoding, const char *name, guint64 size)
{
  const SondeImageType row = {
    .kind = (guint8) kind, .encoding = (guint8) encoding, .name = text (self, name), .size = size
  };

  return sonde_image_writer_type (self->writer, &row, NULL, NULL, NULL);
}

static guint32
add_array (Maker *self, guint32 element, guint64 element_size, guint64 count)
{
  const SondeImageType row
      = { .kind = SONDE_KIND_ARRAY, .base = element, .size = count * element_size, .count = count };

  return sonde_image_writer_type (self->writer, &row, NULL, NULL, NULL);
}

static void
add_variable (Maker *self, const char *path, guint32 type, const char *why)
{
  const SondeImageVariable row = { .path = text (self, path),
                                   .type = type,
                                   .section = 0,
                                   .why = text (self, why),
                                   .address = self->next };

  self->next += 0x1000;
  sonde_image_writer_add_variable (self->writer, &row);
}

/* struct pid { float kp, ki; }; struct motor { float speed; struct pid pid; struct motor *next;
 * enum mode bits : 2; }; and variables of them. */
static SondeAddressMap *
new_map (void)
{
  g_autoptr (SondeImageWriter) writer = sonde_image_writer_new ();
  Maker maker = { writer, 0x20000000 };
  const SondeImageFacts facts = { .pointer_size = 4 };
  const SondeImageSection section
      = { .name = text (&maker, ".data"),
          .flags = SONDE_IMAGE_SECTION_ALLOC | SONDE_IMAGE_SECTION_WRITE,
          .address = 0x20000000,
          .size = 0x100000 };
  const SondeImageEnumerator names[] = { { .name = text (&maker, "STOP"), .value = 0 },
                                         { .name = text (&maker, "RUN"), .value = 1 } };
  SondeImageType mode = { .kind = SONDE_KIND_ENUM,
                          .encoding = SONDE_ENCODING_UNSIGNED,
                          .name = text (&maker, "enum mode"),
                          .size = 4,
                          .n = 2 };
  SondeImageType bits = {
    .kind = SONDE_KIND_BITFIELD, .encoding = SONDE_ENCODING_UNSIGNED, .bit_size = 2, .size = 4
  };
  SondeImageType pid = { .kind = SONDE_KIND_STRUCT, .size = 8, .n = 2 };
  SondeImageType motor = { .kind = SONDE_KIND_STRUCT, .size = 20, .n = 4 };
  SondeImageType pointer
      = { .kind = SONDE_KIND_POINTER, .encoding = SONDE_ENCODING_ADDRESS, .size = 4 };
  const guint32 number = add_base (&maker, SONDE_KIND_NUMBER, SONDE_ENCODING_FLOAT, "float", 4);
  const guint32 truth = add_base (&maker, SONDE_KIND_BOOL, SONDE_ENCODING_BOOL, "bool", 1);
  const guint32 letter = add_base (&maker, SONDE_KIND_CHAR, SONDE_ENCODING_CHAR, "char", 1);
  SondeImageMember m[4] = { { 0 } };
  guint32 motor_row;

  g_autoptr (GBytes) image = NULL;
  g_autoptr (SondeSymbolTable) table = NULL;
  g_autoptr (GError) error = NULL;

  m[0] = (SondeImageMember){ .name = text (&maker, "kp"), .type = number };
  m[1] = (SondeImageMember){ .name = text (&maker, "ki"), .type = number, .offset = 4 };
  pid.name = text (&maker, "struct pid");
  pid.base = sonde_image_writer_type (writer, &pid, m, NULL, NULL);
  bits.base = sonde_image_writer_type (writer, &mode, NULL, names, NULL);
  bits.name = mode.name;
  m[0] = (SondeImageMember){ .name = text (&maker, "speed"), .type = number };
  m[1] = (SondeImageMember){ .name = text (&maker, "pid"), .type = pid.base, .offset = 4 };
  m[2] = (SondeImageMember){ .name = text (&maker, "next"), .offset = 12 };
  m[2].type = sonde_image_writer_type (writer, &pointer, NULL, NULL, NULL);
  m[3] = (SondeImageMember){ .name = text (&maker, "bits"), .offset = 16 };
  m[3].type = sonde_image_writer_type (writer, &bits, NULL, NULL, NULL);
  motor.name = text (&maker, "struct motor");
  motor_row = sonde_image_writer_type (writer, &motor, m, NULL, NULL);
  sonde_image_writer_set_target (writer, m[2].type, motor_row);
  sonde_image_writer_add_section (writer, &section);
  add_variable (&maker, "motor", motor_row, "");
  add_variable (&maker, "motion", number, "");
  add_variable (&maker, "motionless", number, "optimised away");
  add_variable (&maker, "on", truth, "");
  add_variable (&maker, "mode", bits.base, "");
  add_variable (&maker, "message", add_array (&maker, letter, 1, 8), "");
  add_variable (&maker, "wave", add_array (&maker, number, 4, 1300), "");
  add_variable (&maker, "axis", add_array (&maker, motor_row, 20, 2), "");
  add_variable (&maker, "grid", add_array (&maker, add_array (&maker, number, 4, 2), 8, 2), "");
  add_variable (&maker, "main.c::count", number, "");
  add_variable (&maker, "main.c::total", number, "");
  add_variable (&maker, "robot::v2::arm", motor_row, "");
  image = sonde_image_writer_finish (writer, &facts);
  table = sonde_symbol_table_new_from_bytes (image, "fw.elf", &error);
  g_assert_no_error (error);
  return sonde_address_map_new (table);
}

typedef struct
{
  const char *name, *word;
  const char *want; /* parted by blanks */
  guint max;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "roots",       "mot",        "motion motor.", 99 },
  { "none",        "x",          "", 99 },
  { "exact",       "motion",     "motion", 99 },
  { "members",     "motor.",     "motor.speed motor.pid. motor.next motor.next-> motor.bits", 99 },
  { "member",      "motor.p",    "motor.pid.", 99 },
  { "deep",        "motor.pid.k", "motor.pid.kp motor.pid.ki", 99 },
  { "no-member",   "motor.x",    "", 99 },
  { "no-struct",   "motion.",    "", 99 },
  { "pointer",     "motor.next->s", "motor.next->speed", 99 },
  { "star",        "(*motor.next).pid.k", "(*motor.next).pid.kp (*motor.next).pid.ki", 99 },
  { "no-pointer",  "motion->",   "", 99 },
  { "array",       "ax",         "axis[", 99 },
  { "elements",    "axis[",      "axis[0]. axis[1].", 99 },
  { "closed",      "axis[1]",    "axis[1].", 99 },
  { "of-element",  "axis[1].s",  "axis[1].speed", 99 },
  { "past-end",    "axis[2",     "", 99 },
  { "digits",      "wave[129",   "wave[129] wave[1290] wave[1291] wave[1292] wave[1293] wave[1294] "
                                 "wave[1295] wave[1296] wave[1297] wave[1298] wave[1299]", 99 },
  { "zero",        "wave[0",     "wave[0]", 99 },
  { "no-digits",   "wave[a",     "", 99 },
  { "huge-digits", "wave[99999999999999999999", "", 99 },
  { "rank",        "grid[1",     "grid[1][", 99 },
  { "inner",       "grid[1][",   "grid[1][0] grid[1][1]", 99 },
  { "text",        "mes",        "message", 99 },
  { "scope",       "mai",        "main.c::", 99 },
  { "half-scope",  "main.c:",    "main.c::", 99 },
  { "in-scope",    "main.c::",   "main.c::count main.c::total", 99 },
  { "scopes",      "rob",        "robot::", 99 },
  { "second-scope", "robot::",   "robot::v2::", 99 },
  { "scoped-root", "robot::v2::", "robot::v2::arm.", 99 },
  { "scoped",      "robot::v2::arm.s", "robot::v2::arm.speed", 99 },
  { "enum",        "mode=",      "mode=STOP mode=RUN", 99 },
  { "enum-part",   "mode=R",     "mode=RUN", 99 },
  { "bits",        "motor.bits=", "motor.bits=STOP motor.bits=RUN", 99 },
  { "bool",        "on=t",       "on=true", 99 },
  { "number",      "motion=",    "", 99 },
  { "unknown",     "nothing=",   "", 99 },
  { "all",         "",           "axis[ grid[ main.c:: message mode motion motor. on robot:: wave[", 99 },
  { "at-most",     "",           "axis[ grid[ main.c::", 3 },
  { "at-most-elements", "wave[", "wave[0] wave[1]", 2 },
  { "strange",     "]",          "", 99 },
  { "stranger",    "->",         "", 99 },
  { "dot",         ".",          "", 99 },
  { "greater",     "motor>",     "", 99 },
};
/* clang-format on */

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (SondeAddressMap) map = new_map ();
  g_autoptr (GPtrArray) found = sonde_path_completion_find (map, test->word, test->max);
  g_autofree char *joined = NULL;

  g_ptr_array_add (found, NULL);
  joined = g_strjoinv (" ", (char **) found->pdata);
  g_assert_cmpstr (joined, ==, test->want);
}

static void
test_no_table (void)
{
  g_autoptr (SondeAddressMap) map = sonde_address_map_new (NULL);
  g_autoptr (GPtrArray) found = sonde_path_completion_find (map, "m", 9);

  g_assert_cmpuint (found->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat ("/path-completion/", cases[i].name, NULL);

      g_test_add_data_func (name, &cases[i], test_case);
    }
  g_test_add_func ("/path-completion/no-table", test_no_table);
  return g_test_run ();
}
