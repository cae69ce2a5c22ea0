/* test-path.c: paths as steps, and where the name of their root ends */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "types/path.h"

#include <string.h>

typedef struct
{
  const char *path;
  const char *steps; /* joined by blanks; "!" is a mistake */
} Case;

static const Case cases[] = {
  { "", "" },
  { "motor", "motor" },
  { "motor[1].pid.kp", "motor [1] pid kp" },
  { ".pid.kp", "pid kp" },
  { "[3].x", "[3] x" },
  { "[1][2]", "[1] [2]" },
  { "main.c::count", "main.c::count" },
  { "main.c::motor.speed", "main.c::motor speed" },
  { "src/my.dir/main.v2.c::m[2].x", "src/my.dir/main.v2.c::m [2] x" },
  { "table.inl::t[0]", "table.inl::t [0]" },
  { "dir/odd.name::x.y", "dir/odd.name::x y" },
  { "f()::count.low", "f()::count low" },
  { "main.cpp::f(int, char const*)::x.y", "main.cpp::f(int, char const*)::x y" },
  { "f(int (&) [3])::x[1]", "f(int (&) [3])::x [1]" },
  { "log(char const*, ...)::n.hits", "log(char const*, ...)::n hits" },
  { "ns::Class::member.x", "ns::Class::member x" },
  { "std::array<int, 3>::zero[1]", "std::array<int, 3>::zero [1]" },
  { "Filter<float[3], Gain<2> >::gain.k", "Filter<float[3], Gain<2> >::gain k" },
  { "(anonymous namespace)::x.y", "(anonymous namespace)::x y" },
  { "A::operator()(int)::n.x", "A::operator()(int)::n x" },
  { "A::operator<<(int)::n.x", "A::operator<<(int)::n x" },
  { "operator->()::n[1]", "operator->()::n [1]" },
  { "A::operator[](int)::n.x", "A::operator[](int)::n x" },
  { "my_operator.x", "my_operator x" },
  { "operators.x", "operators x" },
  { "f()::{lambda(int)#1}::n.x", "f()::{lambda(int)#1}::n x" },
  { "count.1234", "count.1234" },
  { "count.2.x", "count.2 x" },
  { "robot.ns::Base.x", "robot ns::Base x" },
  { "x.Base<int[2]>.y", "x Base<int[2]> y" },
  { "a[18446744073709551615]", "a [18446744073709551615]" },
  { "a<b.c", "a<b c" },
  { "p->next->x", "p ->next ->x" },
  { "p[2]->x[1].y", "p [2] ->x [1] y" },
  { "main.c::p->x", "main.c::p ->x" },
  { "A::operator->(int)::n->x", "A::operator->(int)::n ->x" },
  { "a->", "a !" },
  { "a->->b", "a !" },
  { "a-b", "a-b" },
  { "a[1]-b", "a !" },
  { "a.", "a !" },
  { "a..b", "a !" },
  { ".", "!" },
  { "a[]", "a !" },
  { "a[x]", "a !" },
  { "a[-1]", "a !" },
  { "a[1", "a !" },
  { "a[1]b", "a !" },
  { "a[18446744073709551616]", "a !" },
  { "a[1 ]", "a !" },
};

static char *
dup_steps (const char *path)
{
  g_autoptr (GString) steps = g_string_new (NULL);
  const char *cursor = path;
  SondeStep step;

  while (sonde_path_next (&cursor, &step))
    {
      g_string_append (steps, steps->len > 0 ? " " : "");
      if (step.kind == SONDE_STEP_INDEX)
        g_string_append_printf (steps, "[%" G_GUINT64_FORMAT "]", step.index);
      else
        {
          g_string_append (steps, step.kind == SONDE_STEP_ARROW ? "->" : "");
          g_string_append_len (steps, step.text, (gssize) step.length);
        }
    }
  if (*cursor != 0)
    g_string_append (steps, steps->len > 0 ? " !" : "!");
  return g_string_free (g_steal_pointer (&steps), FALSE);
}

static void
test_steps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *steps = dup_steps (cases[i].path);

      g_assert_cmpstr (steps, ==, cases[i].steps);
    }
}

static void
test_root_length (void)
{
  g_assert_cmpuint (sonde_path_root_length ("motor[1].pid"), ==, 5);
  g_assert_cmpuint (sonde_path_root_length ("main.c::x.y"), ==, strlen ("main.c::x"));
  g_assert_cmpuint (sonde_path_root_length ("x"), ==, 1);
  g_assert_cmpuint (sonde_path_root_length (""), ==, 0);
  g_assert_cmpuint (sonde_path_root_length ("[1]"), ==, 0);
}

/* Whatever the path is, what is made of it reads as meant. */
static void
test_spelling (void)
{
  static const struct
  {
    const char *path, *member, *element, *target;
  } spelled[] = {
    { "motor", "motor.x", "motor[3]", "*motor" },
    { "p->a", "p->a.x", "p->a[3]", "*p->a" },
    { "*p", "p->x", "(*p)[3]", "**p" },
    { "**pp", "(*pp)->x", "(**pp)[3]", "***pp" },
    { "(*p)[1]", "(*p)[1].x", "(*p)[1][3]", "*(*p)[1]" },
    { "(motor_t*)0x20000100", "((motor_t*)0x20000100)->x", "(*(motor_t*)0x20000100)[3]",
      "**(motor_t*)0x20000100" },
    { "(motor_t*)(p->a)", "((motor_t*)(p->a))->x", "(*(motor_t*)(p->a))[3]", "**(motor_t*)(p->a)" },
    { "(anonymous namespace)::m", "(anonymous namespace)::m.x", "(anonymous namespace)::m[3]",
      "*(anonymous namespace)::m" },
    { "", ".x", "[3]", "*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (spelled); i++)
    {
      g_autofree char *member = sonde_path_dup_member (spelled[i].path, "x");
      g_autofree char *element = sonde_path_dup_element (spelled[i].path, 3);
      g_autofree char *target = sonde_path_dup_target (spelled[i].path);

      g_assert_cmpstr (member, ==, spelled[i].member);
      g_assert_cmpstr (element, ==, spelled[i].element);
      g_assert_cmpstr (target, ==, spelled[i].target);
    }
}

static void
test_operand (void)
{
  static const char *const operands[][3] = {
    { "v", "v", "(v)" },
    { "*p", "*p", "*p" },
    { "(T*)x", "*(T*)x", "*(T*)x" },
    { "(*p)[1]", "((*p)[1])", "((*p)[1])" },
    { "0x10:u32", "(0x10:u32)", "(0x10:u32)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (operands); i++)
    {
      g_autofree char *plain = sonde_path_dup_operand (operands[i][0], FALSE);
      g_autofree char *behind = sonde_path_dup_operand (operands[i][0], TRUE);

      g_assert_cmpstr (plain, ==, operands[i][1]);
      g_assert_cmpstr (behind, ==, operands[i][2]);
    }
}

static void
test_closing (void)
{
  g_assert_cmpstr (sonde_path_find_closing ("(a(b)c)d"), ==, ")d");
  g_assert_null (sonde_path_find_closing ("((a)"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/path/steps", test_steps);
  g_test_add_func ("/path/root-length", test_root_length);
  g_test_add_func ("/path/spelling", test_spelling);
  g_test_add_func ("/path/operand", test_operand);
  g_test_add_func ("/path/closing", test_closing);
  return g_test_run ();
}
