/* test-table.c: name, value, unit in a pipe and on a terminal */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

static void
fill (SondeTable *table)
{
  g_assert_cmpuint (sonde_table_add_row (table, "motor.speed", "rpm"), ==, 0);
  g_assert_cmpuint (sonde_table_add_row (table, "state", ""), ==, 1);
  sonde_table_set_value (table, 0, "1500.5");
  sonde_table_set_value (table, 1, "RUN");
}

static char *
read_some (int fd)
{
  char *buffer = g_malloc0 (4096);

  g_assert_cmpint (read (fd, buffer, 4095), >, 0);
  return buffer;
}

static void
test_pipe (void)
{
  int ends[2];
  g_autofree char *text = NULL;

  g_assert_cmpint (pipe (ends), ==, 0);
  {
    g_autoptr (SondeOutput) output = sonde_output_new (ends[1], "pipe");
    g_autoptr (SondeTable) table = sonde_table_new (output, FALSE);

    fill (table);
    sonde_table_draw (table);
    sonde_table_set_value (table, 1, "FAULT");
    sonde_table_draw (table);
    sonde_output_flush (output);
  }
  text = read_some (ends[0]);
  g_assert_cmpstr (text, ==,
                   "NAME                VALUE  UNIT\n"
                   "motor.speed        1500.5  rpm\n"
                   "state                 RUN\n"
                   "\n"
                   "NAME                VALUE  UNIT\n"
                   "motor.speed        1500.5  rpm\n"
                   "state               FAULT\n");
  close (ends[0]);
  close (ends[1]);
}

static void
test_terminal (void)
{
  const int master = posix_openpt (O_RDWR | O_NOCTTY);
  struct termios modes;
  struct winsize size = { .ws_row = 24, .ws_col = 20 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  int slave;

  if (master < 0 || grantpt (master) != 0 || unlockpt (master) != 0
      || (slave = open (ptsname (master), O_RDWR | O_NOCTTY)) < 0)
    {
      g_test_skip ("no pseudo-terminals here");
      return;
    }
  tcgetattr (slave, &modes);
  cfmakeraw (&modes);
  tcsetattr (slave, TCSANOW, &modes);
  ioctl (master, TIOCSWINSZ, &size);
  {
    g_autoptr (SondeOutput) output = sonde_output_new (slave, "terminal");
    g_autoptr (SondeTable) table = sonde_table_new (output, TRUE);

    fill (table);
    sonde_table_draw (table);
    sonde_output_flush (output);
    first = read_some (master);
    sonde_table_draw (table);
    sonde_output_flush (output);
    second = read_some (master);
  }
  g_assert_true (g_str_has_prefix (first, "\r\033[2K\033[1mNAME"));
  g_assert_true (g_str_has_prefix (second, "\033[3A\r\033[2K")); /* up over what was drawn */
  g_assert_nonnull (strstr (first, "motor.speed        1\n"));   /* cut to 20 columns */
  close (slave);
  close (master);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/pipe", test_pipe);
  g_test_add_func ("/table/terminal", test_terminal);
  return g_test_run ();
}
