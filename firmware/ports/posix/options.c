/* options.c: the command line of the demo board */
/* SPDX-License-Identifier: MIT */
#include "ports/posix/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROGRAM "sonde-demo-board"

static const char help[]
    = "Usage: " PROGRAM " [OPTIONS]\n"
      "A simulated board: runs the agent that ships and lets a Sonde host look into it.\n"
      "\n"
      "  --url URL        where the host listens (ws://127.0.0.1:8000/)\n"
      "  --name NAME      the board's name, 1..64 of A-Z a-z 0-9 . _ - (demo-motor)\n"
      "  --seed N         makes the noise repeatable (1)\n"
      "  --rate BYTES     throttles the link, bytes per second each way\n"
      "  --step-hz N      steps of the simulation per second, 1..100000 (1000)\n"
      "  --quirk QUIRK    gateway: no extensions, 0b values, no answer to what it does not know\n"
      "                   unmasked: unmasked frames, loses what follows the handshake, no pong\n"
      "                   slow: 200 ms an answer\n"
      "                   silent-end: does not answer `end'\n"
      "  --token TOKEN    sent as \"Authorization: Bearer TOKEN\"; hosts that let every local\n"
      "                   board in do not look at it\n"
      "  --state DIR      for firmware updates, which this board does not take yet: not used\n"
      "  --parent PID     end when that process ends\n"
      "  --help, --version\n";

enum
{
  OPTION_URL = 256,
  OPTION_NAME,
  OPTION_SEED,
  OPTION_RATE,
  OPTION_STEP_HZ,
  OPTION_QUIRK,
  OPTION_TOKEN,
  OPTION_STATE,
  OPTION_PARENT,
  OPTION_HELP,
  OPTION_VERSION,
};

static const struct option names[] = {
  { "url", required_argument, NULL, OPTION_URL },
  { "name", required_argument, NULL, OPTION_NAME },
  { "seed", required_argument, NULL, OPTION_SEED },
  { "rate", required_argument, NULL, OPTION_RATE },
  { "step-hz", required_argument, NULL, OPTION_STEP_HZ },
  { "quirk", required_argument, NULL, OPTION_QUIRK },
  { "token", required_argument, NULL, OPTION_TOKEN },
  { "state", required_argument, NULL, OPTION_STATE },
  { "parent", required_argument, NULL, OPTION_PARENT },
  { "help", no_argument, NULL, OPTION_HELP },
  { "version", no_argument, NULL, OPTION_VERSION },
  { NULL, 0, NULL, 0 },
};

static const struct
{
  const char *name;
  enum quirk quirk;
} quirks[] = {
  { "gateway", QUIRK_GATEWAY },
  { "unmasked", QUIRK_UNMASKED },
  { "slow", QUIRK_SLOW },
  { "silent-end", QUIRK_SILENT_END },
};

static bool
parse_number (const char *text, uint64_t low, uint64_t high, uint64_t *value)
{
  char *end;

  errno = 0;
  if (*text < '0' || *text > '9')
    return false;
  *value = strtoull (text, &end, 10);
  return errno == 0 && *end == '\0' && *value >= low && *value <= high;
}

static bool
parse_quirk (const char *text, enum quirk *quirk)
{
  for (size_t i = 0; i < sizeof quirks / sizeof quirks[0]; i++)
    if (strcmp (text, quirks[i].name) == 0)
      {
        *quirk = quirks[i].quirk;
        return true;
      }
  return false;
}

static bool
copy_text (char *out, size_t cap, const char *text, size_t size)
{
  /* Blanks and line ends would become part of the request. */
  if (size >= cap || strcspn (text, " \r\n\t") < size)
    return false;
  memcpy (out, text, size);
  out[size] = '\0';
  return true;
}

/* ws://host[:port][/path]; an IPv6 address stands in brackets. */
static bool
parse_url (struct options *self, const char *url)
{
  const char *host = url + strlen ("ws://");
  const char *path, *host_end, *port;
  uint64_t number;

  if (strncmp (url, "ws://", strlen ("ws://")) != 0)
    return false;
  path = host + strcspn (host, "/?#");
  host_end
      = *host == '[' ? memchr (host, ']', (size_t) (path - host)) : host + strcspn (host, ":/?#");
  if (host_end == NULL)
    return false;
  port = *host == '[' ? host_end + 1 : host_end;
  if (*host == '[')
    host++;
  if (host == host_end
      || !copy_text (self->host, sizeof self->host, host, (size_t) (host_end - host)))
    return false;
  if (*port == ':')
    port++;
  else if (port != path)
    return false;
  if (!copy_text (self->port, sizeof self->port, port == path ? "80" : port,
                  port == path ? 2 : (size_t) (path - port)))
    return false;
  if (*path != '/' && *path != '\0')
    return false;
  return parse_number (self->port, 1, 65535, &number)
         && copy_text (self->path, sizeof self->path, *path == '/' ? path : "/",
                       *path == '/' ? strcspn (path, "#") : 1);
}

static bool
is_name (const char *name)
{
  size_t size = strlen (name);

  return size >= 1 && size <= 64
         && strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
                == size;
}

static bool
take (struct options *self, int option, const char *value)
{
  uint64_t number = 0;
  bool is_good = true;

  switch (option)
    {
    case OPTION_URL:
      return parse_url (self, value);
    case OPTION_NAME:
      self->name = value;
      return is_name (value);
    case OPTION_SEED:
      return parse_number (value, 0, UINT64_MAX, &self->seed);
    case OPTION_RATE:
      is_good = parse_number (value, 1, UINT32_MAX, &number);
      self->rate = (uint32_t) number;
      return is_good;
    case OPTION_STEP_HZ:
      is_good = parse_number (value, 1, 100000, &number);
      self->step_hz = (uint32_t) number;
      return is_good;
    case OPTION_QUIRK:
      return parse_quirk (value, &self->quirk);
    case OPTION_TOKEN:
      self->token = value;
      return *value != '\0' && strlen (value) <= 256
             && strcspn (value, " \r\n\t") == strlen (value);
    case OPTION_PARENT:
      is_good = parse_number (value, 1, INT32_MAX, &number);
      self->parent = (pid_t) number;
      return is_good;
    default:
      return true;
    }
}

static const char *
get_name (int option)
{
  size_t i = 0;

  while (names[i].val != option)
    i++;
  return names[i].name;
}

int
options_parse (struct options *self, int argc, char **argv)
{
  int option;

  *self = (struct options){ .name = "demo-motor", .seed = 1, .step_hz = 1000 };
  parse_url (self, "ws://127.0.0.1:8000/");
  while ((option = getopt_long (argc, argv, "", names, NULL)) != -1)
    {
      if (option == OPTION_HELP || option == OPTION_VERSION)
        {
          printf ("%s", option == OPTION_HELP ? help : PROGRAM " " DEMO_VERSION "\n");
          return 0;
        }
      if (option == '?')
        return 2;
      if (!take (self, option, optarg))
        {
          fprintf (stderr, PROGRAM ": --%s: '%s' is not possible; see --help\n", get_name (option),
                   optarg);
          return 2;
        }
    }
  if (optind < argc)
    {
      fprintf (stderr, PROGRAM ": '%s': no such argument; see --help\n", argv[optind]);
      return 2;
    }
  return -1;
}
