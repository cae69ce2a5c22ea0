/* test-routes.c: what is a board's path and what is kept for later */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/routes.h"

static const struct
{
  const char *path;
  SondeRoute route;
} cases[] = {
  { "/", SONDE_ROUTE_DEVICE },
  { "/ws", SONDE_ROUTE_DEVICE },
  { "/ws/", SONDE_ROUTE_DEVICE },
  { "/device/xyz", SONDE_ROUTE_DEVICE },
  { "/ws/telemetryx", SONDE_ROUTE_DEVICE },
  { "/wslive", SONDE_ROUTE_DEVICE },
  { "/apis", SONDE_ROUTE_DEVICE },
  { "/ws/telemetry", SONDE_ROUTE_LATER },
  { "/ws/telemetry/", SONDE_ROUTE_LATER },
  { "/ws/msr_data/", SONDE_ROUTE_LATER },
  { "/flash-progress", SONDE_ROUTE_LATER },
  { "/flash-progress/", SONDE_ROUTE_LATER },
  { "/ws/flash-progress", SONDE_ROUTE_LATER },
  { "/ws/live", SONDE_ROUTE_LATER },
  { "/ws/li%76e", SONDE_ROUTE_LATER },
  { "/ws%2flive%2F", SONDE_ROUTE_LATER },
  { "/api", SONDE_ROUTE_LATER },
  { "/api/", SONDE_ROUTE_LATER },
  { "/api/v1/devices", SONDE_ROUTE_LATER },
  { "", SONDE_ROUTE_BAD },
  { "*", SONDE_ROUTE_BAD },
  { "/%zz", SONDE_ROUTE_BAD },
  { "/a%00b", SONDE_ROUTE_BAD },
};

static void
test_routes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].path);
      g_assert_cmpint (sonde_route_of (cases[i].path), ==, cases[i].route);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/routes/all", test_routes);
  return g_test_run ();
}
