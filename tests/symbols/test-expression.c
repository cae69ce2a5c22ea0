/* test-expression.c: pointers, casts and brackets in paths: where they lead, how they are spelled
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "symbols/address-map.h"
#include "symbols/symbol-cage.h"
#include "types/text.h"

static SondeAddressMap *
make_map (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("SONDE_FIXTURES"), "pointers.elf", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SondeSymbolTable) table = sonde_symbol_cage_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return sonde_address_map_new (table);
}

/* Where it lies is told as "pointer+offset" where a pointer is read first. */
typedef struct
{
  const char *text, *path, *pointer, *type;
  guint64 address; /* of what has a pointer or a literal */
} Case;

/* clang-format off */
static const Case cases[] = {
  { "list->value",                "list->value",                 "list",             "int",      0 },
  { "(*list).value",              "list->value",                 "list",             "int",      0 },
  { " ( *list ).value ",          "list->value",                 "list",             "int",      0 },
  { "list->next",                 "list->next",                  "list",             "struct node *", 8 },
  { "list->next->next->value",    "list->next->next->value",     "list->next->next", "int",      0 },
  { "(*(*list).next).value",      "list->next->value",           "list->next",       "int",      0 },
  { "list[2].arr[1]",             "list[2].arr[1]",              "list",             "uint16_t", 2 * 24 + 16 + 2 },
  { "list->arr[3]",               "list->arr[3]",                "list",             "uint16_t", 16 + 6 },
  { "*list",                      "*list",                       "list",             "struct node", 0 },
  { "*numbers",                   "*numbers",                    "numbers",          "int",      0 },
  { "numbers[5]",                 "numbers[5]",                  "numbers",          "int",      20 },
  { "*lists",                     "*lists",                      "lists",            "struct node *", 0 },
  { "**lists",                    "**lists",                     "*lists",           "struct node", 0 },
  { "(*lists)->value",            "(*lists)->value",             "*lists",           "int",      0 },
  { "(**lists).value",            "(*lists)->value",             "*lists",           "int",      0 },
  { "(*lists)->next->arr[0]",     "(*lists)->next->arr[0]",      "(*lists)->next",   "uint16_t", 16 },
  { "lists[1]->value",            "lists[1]->value",             "lists[1]",         "int",      0 },
  { "*list->next",                "*list->next",                 "list->next",       "struct node", 0 },
  { "(*row)[2]",                  "(*row)[2]",                   "row",              "int",      8 },
  { "row[1][2]",                  "row[1][2]",                   "row",              "int",      24 },
  { "drive->pid.kp",              "drive->pid.kp",               "drive",            "float",    4 },
  { "context.drives[1]->speed",   "context.drives[1]->speed",    "context.drives[1]", "float",   0 },
  { "nodes[0].next->value",       "nodes[0].next->value",        "nodes[0].next",    "int",      0 },
  { "name[0]",                    "name[0]",                     "name",             "const char", 0 },
  { "(motor_t*)handle",           "(motor_t*)handle",            "handle",           "motor_t",  0 },
  { "(motor_t*)handle->pid.kp",   "((motor_t*)handle)->pid.kp",  "handle",           "float",    4 },
  { "((motor_t *) handle)->pid.kp", "((motor_t*)handle)->pid.kp", "handle",          "float",    4 },
  { "(*(motor_t*)handle).speed",  "((motor_t*)handle)->speed",   "handle",           "float",    0 },
  { "((struct motor*)handle)[3].speed", "((struct motor*)handle)[3].speed", "handle", "float",   24 },
  { "(struct motor_t*)handle",    "(struct motor_t*)handle",     "handle",           "motor_t",  0 },
  { "(motor_t*)place->speed",     "((motor_t*)place)->speed",    "place",            "float",    0 },
  { "(const motor_t*)place->speed", "((motor_t*)place)->speed",  "place",            "float",    0 },
  { "(motor_t*)context.handle->speed", "((motor_t*)context.handle)->speed", "context.handle", "float", 0 },
  { "((motor_t*)context.handle)->speed", "((motor_t*)context.handle)->speed", "context.handle", "float", 0 },
  { "(motor_t*)(list->next)",     "(motor_t*)(list->next)",      "list->next",       "motor_t",  0 },
  { "((uint16_t*)list)[2]",       "((uint16_t*)list)[2]",        "list",             "uint16_t", 4 },
  { "(unsigned int*)0x20000100",  "(unsigned int*)0x20000100",   NULL,               "unsigned int", 0x20000100 },
  { "*(uint32_t*)0x20000100",     "(uint32_t*)0x20000100",       NULL,               "uint32_t", 0x20000100 },
  { "(motor_t*)0x20000100",       "(motor_t*)0x20000100",        NULL,               "motor_t",  0x20000100 },
  { "(motor_t*)0x20000100.speed", "((motor_t*)0x20000100)->speed", NULL,             "float",    0x20000100 },
  { "(motor_t*)0x20000100->pid.kp", "((motor_t*)0x20000100)->pid.kp", NULL,          "float",    0x20000104 },
  { "((motor_t*)0x20000100)->pid.kp", "((motor_t*)0x20000100)->pid.kp", NULL,        "float",    0x20000104 },
  { "(*(motor_t*)0x20000100).pid.kp", "((motor_t*)0x20000100)->pid.kp", NULL,        "float",    0x20000104 },
  { "(motor_t*)0x20000100[3].speed", "((motor_t*)0x20000100)[3].speed", NULL,        "float",    0x20000118 },
  { "(struct motor *)536871168",  "(struct motor*)0x20000100",   NULL,               "motor",    0x20000100 },
  { "(struct node**)0x20000100",  "(struct node**)0x20000100",   NULL,               "struct node *", 0x20000100 },
  { "*(struct node**)0x20000100", "(struct node**)0x20000100",   NULL,               "struct node *", 0x20000100 },
  { "**(struct node**)0x20000100", "**(struct node**)0x20000100", "(struct node**)0x20000100", "struct node", 0 },
  { "(*(struct node**)0x20000100)->value", "(*(struct node**)0x20000100)->value", "(struct node**)0x20000100", "int", 0 },
  { "(long unsigned int*)place",  "(unsigned long*)place",       "place",            "unsigned long", 0 },
  { "0x20000100:u8[16]",          "0x20000100:u8[16]",           NULL,               "uint8_t[16]", 0x20000100 },
  { "0x20000100:u8[16][3]",       "0x20000100:u8[16][3]",        NULL,               "uint8_t",  0x20000103 },
  { "0x20000100:char",            "0x20000100:char",             NULL,               "char",     0x20000100 },
  { "0x20000100:bool",            "0x20000100:bool",             NULL,               "bool",     0x20000100 },
};
/* clang-format on */

static const char *
get_bare_type (const SondeVariable *variable)
{
  const char *name = sonde_type_get_name (sonde_variable_get_type (variable));

  return g_str_has_prefix (name, "struct motor") ? name + 7 : name;
}

static void
test_cases (void)
{
  g_autoptr (SondeAddressMap) map = make_map ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = sonde_address_map_resolve (map, cases[i].text, &error);
      g_autoptr (GPtrArray) again = NULL;
      const SondeVariableInfo *info;

      g_test_message ("%s", cases[i].text);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, 1);
      info = sonde_variable_get_info (found->pdata[0]);
      g_assert_cmpstr (info->path, ==, cases[i].path);
      g_assert_cmpstr (info->pointer != NULL ? sonde_variable_get_path (info->pointer) : NULL, ==,
                       cases[i].pointer);
      g_assert_cmpstr (get_bare_type (found->pdata[0]), ==, cases[i].type);
      g_assert_cmphex (info->address, ==, cases[i].address);
      again = sonde_address_map_resolve (map, cases[i].path, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (sonde_variable_get_path (again->pdata[0]), ==, cases[i].path);
      g_assert_cmphex (sonde_variable_get_address (again->pdata[0]), ==, cases[i].address);
    }
}

/* What one path says is what another one does. */
static void
test_same_place (void)
{
  static const struct
  {
    const char *text, *same;
    guint64 offset;
  } pairs[] = {
    { "(uint8_t*)&motor", "motor", 0 },
    { "((uint8_t*)&motor)[5]", "motor", 5 },
    { "(uint32_t*)buf", "buf", 0 },
    { "(uint16_t*)&motor.pid", "motor.pid.kp", 0 },
    { "((struct node*)nodes)->arr[1]", "nodes[0].arr[1]", 0 },
    { "(nodes[1]).value", "nodes[1].value", 0 },
    { "((motor)).speed", "motor.speed", 0 },
  };
  g_autoptr (SondeAddressMap) map = make_map ();

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) one = sonde_address_map_resolve (map, pairs[i].text, &error);
      g_autoptr (GPtrArray) two = sonde_address_map_resolve (map, pairs[i].same, NULL);
      g_autoptr (GPtrArray) again = NULL;

      g_assert_no_error (error);
      g_assert_null (sonde_variable_get_info (one->pdata[0])->pointer);
      g_assert_cmphex (sonde_variable_get_address (one->pdata[0]), ==,
                       sonde_variable_get_address (two->pdata[0]) + pairs[i].offset);
      again = sonde_address_map_resolve (map, sonde_variable_get_path (one->pdata[0]), &error);
      g_assert_no_error (error);
      g_assert_cmphex (sonde_variable_get_address (one->pdata[0]), ==,
                       sonde_variable_get_address (again->pdata[0]));
    }
}

static void
test_slices (void)
{
  static const struct
  {
    const char *text;
    guint n;
    const char *first, *last;
  } slices[] = {
    { "list->arr[1..3]", 3, "list->arr[1]", "list->arr[3]" },
    { "list[0..2].arr[0..1]", 6, "list[0].arr[0]", "list[2].arr[1]" },
    { "context.drives[0..1]->pid.kp", 2, "context.drives[0]->pid.kp", "context.drives[1]->pid.kp" },
    { "((uint8_t*)&motor)[0..3]", 4, "((uint8_t*)&motor)[0]", "((uint8_t*)&motor)[3]" },
    { "(uint8_t*)0x20000100[4..5]", 2, "((uint8_t*)0x20000100)[4]", "((uint8_t*)0x20000100)[5]" },
    { "0x20000100:u16[0..2]", 3, "0x20000100:u16", "0x20000104:u16" },
    { "0x20000100:u16[8][0..2]", 3, "0x20000100:u16[8][0]", "0x20000100:u16[8][2]" },
  };
  g_autoptr (SondeAddressMap) map = make_map ();

  for (guint i = 0; i < G_N_ELEMENTS (slices); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) found = sonde_address_map_resolve (map, slices[i].text, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, slices[i].n);
      g_assert_cmpstr (sonde_variable_get_path (found->pdata[0]), ==, slices[i].first);
      g_assert_cmpstr (sonde_variable_get_path (found->pdata[found->len - 1]), ==, slices[i].last);
    }
}

/* clang-format off */
static const struct
{
  const char *text, *part;
} wrong[] = {
  { "handle->x",                 "(TYPE*)handle" },
  { "*handle",                   "void pointer" },
  { "handler[0]",                "function" },
  { "hidden->x",                 "only declares" },
  { "motor->speed",              "write motor.speed" },
  { "nodes->value",              "write nodes[0].value" },
  { "real->x",                   "real: is no pointer (float)" },
  { "*real",                     "is no pointer" },
  { "***lists",                  "**lists: is no pointer" },
  { "list.value",                "write list->value" },
  { "(motor_t*)handle->x",       "((motor_t*)handle)->x: no such member, (motor_t*)handle has speed, pid" },
  { "list->valu",                "list->valu: no such member" },
  { "lists->value",              "write (*lists)->value" },
  { "list->valu",                "value, next, arr" },
  { "list->next->x->y",          "list->next" },
  { "list->",                    "neither" },
  { "(*list",                    "add )" },
  { "(motor_t)0x20000100",       "write (TYPE*)" },
  { "(motr_t*)0x20000100",       "motr_t: no such type" },
  { "(motor_t*)real",            "holds no address" },
  { "(motor_t*)small_place",     "holds no address" },
  { "(motor_t*)missing",         "missing: no such variable" },
  { "(motor_t*)0x20000100 5",    "does not belong" },
  { "(motor_t*)0x",              "not an address" },
  { "(motor_t*)",                "" },
  { "()",                        "" },
  { "(*)0x20000100",             "write (TYPE*)" },
  { "(hidden*)handle",           "only declares" },
  { "(*lst).value",              "did you mean list" },
  { "numbers[18446744073709551615]", "beyond" },
  { "list[0..99999]",            "more than 4096" },
  { "0x20000100:u32x",           ":u8" },
  { "0x20000100:u32[0]x",        "brackets" },
  { "0xfffffffffffffff0:u8[32]", "beyond" },
};
/* clang-format on */

static void
test_wrong (void)
{
  g_autoptr (SondeAddressMap) map = make_map ();

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", wrong[i].text);
      g_assert_null (sonde_address_map_resolve (map, wrong[i].text, &error));
      g_assert_true (error->domain == SONDE_SYMBOL_ERROR || error->domain == SONDE_TYPE_ERROR);
      if (strstr (error->message, wrong[i].part) == NULL)
        g_error ("%s: \"%s\" says nothing of \"%s\"", wrong[i].text, error->message, wrong[i].part);
    }
}

static char *
repeat (const char *head, const char *part, guint n)
{
  g_autoptr (GString) text = g_string_new (head);

  for (guint i = 0; i < n; i++)
    g_string_append (text, part);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_endless (void)
{
  g_autoptr (SondeAddressMap) map = make_map ();
  char *const texts[] = {
    repeat ("list", "->next", 10000), repeat ("list", "->next", 100),
    repeat ("", "a", 100000),         repeat ("", "*", 10000),
    repeat ("", "(", 10000),          repeat ("", "(char*)", 2000),
    repeat ("nodes", "[0]", 4000),    repeat ("", "a.", 5000),
    repeat ("", "nodes[0..2]", 900),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sonde_address_map_resolve (map, texts[i], &error));
      g_assert_nonnull (error);
      g_free (texts[i]);
    }
}

/* A chain of the longest kind is made and freed whole. */
static void
test_longest (void)
{
  g_autoptr (SondeAddressMap) map = make_map ();
  g_autofree char *text = repeat ("list", "->next", SONDE_VARIABLE_MAX_HOPS);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = sonde_address_map_resolve (map, text, &error);

  g_assert_no_error (error);
  g_assert_null (sonde_variable_dup_target (found->pdata[0]));
}

static void
test_children (void)
{
  g_autoptr (SondeAddressMap) map = make_map ();
  g_autoptr (GPtrArray) found = sonde_address_map_resolve (map, "list", NULL);
  g_autoptr (SondeVariable) node = sonde_variable_dup_target (found->pdata[0]);
  g_autoptr (SondeVariable) next = sonde_variable_dup_child (node, 1);
  g_autoptr (SondeVariable) second = sonde_variable_dup_target (next);
  g_autoptr (SondeVariable) numbers = sonde_variable_dup_child (second, 2);
  const SondeVariableInfo *info = sonde_variable_get_info (numbers);

  g_assert_cmpuint (sonde_variable_get_n_children (found->pdata[0]), ==, 0);
  g_assert_cmpstr (sonde_variable_get_path (next), ==, "list->next");
  g_assert_cmpstr (info->path, ==, "list->next->arr");
  g_assert_cmphex (info->address, ==, 16);
  g_assert_cmpstr (sonde_variable_get_path (info->pointer), ==, "list->next");
  g_assert_true (sonde_variable_get_info (info->pointer)->pointer
                 == sonde_variable_get_info (next)->pointer);
  g_assert_null (info->section);
  g_assert_true (info->is_writable);
  g_assert_null (sonde_variable_dup_target (numbers));
}

static void
test_access (void)
{
  g_autoptr (SondeAddressMap) map = make_map ();
  g_autoptr (GPtrArray) fixed = sonde_address_map_resolve (map, "fixed->speed", NULL);
  g_autoptr (GPtrArray) letter = sonde_address_map_resolve (map, "*name", NULL);

  g_assert_false (sonde_variable_get_info (fixed->pdata[0])->is_writable);
  g_assert_false (sonde_variable_get_info (letter->pdata[0])->is_writable);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expression/cases", test_cases);
  g_test_add_func ("/expression/same-place", test_same_place);
  g_test_add_func ("/expression/slices", test_slices);
  g_test_add_func ("/expression/wrong", test_wrong);
  g_test_add_func ("/expression/endless", test_endless);
  g_test_add_func ("/expression/longest", test_longest);
  g_test_add_func ("/expression/children", test_children);
  g_test_add_func ("/expression/access", test_access);
  return g_test_run ();
}
