/* test-acceptor.c: who is silent goes, who was released stays */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/acceptor.h"
#include "tests/support/raw-client.h"

static void
on_accepted (GSocketConnection *connection, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (connection));
}

static SondeAcceptor *
listen_on (GPtrArray *connections)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GError) error = NULL;
  SondeAcceptor *acceptor = sonde_acceptor_new (address, on_accepted, connections, &error);

  g_assert_no_error (error);
  return acceptor;
}

static void
test_deadline (void)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SondeAcceptor) acceptor = listen_on (connections);
  g_autofree char *rest = NULL;
  int silent, released;
  char letter;

  sonde_acceptor_set_deadline (acceptor, 20);
  released = raw_connect (sonde_acceptor_get_port (acceptor));
  RAW_WAIT_FOR (connections->len == 1);
  sonde_acceptor_release (g_socket_connection_get_socket (connections->pdata[0]));
  silent = raw_connect (sonde_acceptor_get_port (acceptor));
  rest = raw_read_all (silent);
  g_assert_cmpstr (rest, ==, "");
  /* The released one came first, so its time would have been over by now. */
  g_assert_cmpint (recv (released, &letter, 1, 0), ==, -1);
  g_assert_cmpint (errno, ==, EAGAIN);
  close (silent);
  close (released);
}

static void
test_outlived (void)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  SondeAcceptor *acceptor = listen_on (connections);
  guint port = sonde_acceptor_get_port (acceptor);
  g_autofree char *url = sonde_acceptor_dup_url (acceptor);
  g_autofree char *expected = g_strdup_printf ("ws://127.0.0.1:%u/", port);
  int fd = raw_connect (port);

  g_assert_cmpstr (url, ==, expected);
  RAW_WAIT_FOR (connections->len == 1);
  sonde_acceptor_free (acceptor);
  g_ptr_array_set_size (connections, 0);
  close (fd);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acceptor/deadline", test_deadline);
  g_test_add_func ("/acceptor/outlived", test_outlived);
  return g_test_run ();
}
