/* plant.c: the machine behind the variables: five motors, waves, a state machine */
/* SPDX-License-Identifier: MIT */
#include "ports/posix/plant.h"

#include <math.h>

#include "ports/posix/variables.h"

#define N_AXES 4
#define SUPPLY 24.0f      /* V, both ways */
#define CURRENT_MAX 10.0f /* A, the driver's limit */
#define RESISTANCE 1.0f   /* Ohm */
#define INDUCTANCE 0.005f /* H */
#define EMF 0.00667f      /* V/rpm: 3000 rpm need 20 V and the load's share */
#define PUSH 800.0f       /* rpm/s per A */
#define AMBIENT 25.0f     /* degC */
#define WARMTH 8.0f       /* K/W at rest */
#define WARM_TIME 40.0f   /* s */

enum
{
  MAX_STEPS_AT_ONCE = 5000,
  INIT_MS = 500,
  JOLT_EVERY_MS = 20000,
  JOLT_MS = 400,
};

/* What the sensors do not tell. */
struct axle
{
  float speed, current;
  float last_speed, slope; /* measured speed one step ago, its filtered change */
};

static struct
{
  plant_log log;
  uint64_t random;
  uint32_t step_hz;
  uint64_t n_steps;
  uint64_t state_since_ms;
  float logged_target, seen_target;
  uint64_t target_since_ms;
  bool was_run;
  struct axle axles[1 + N_AXES];
} plant;

static double
next_random (void)
{
  /* xorshift64*: the same machine for the same seed */
  plant.random ^= plant.random >> 12;
  plant.random ^= plant.random << 25;
  plant.random ^= plant.random >> 27;
  return (double) (plant.random * UINT64_C (2685821657736338717) >> 11) / 9007199254740992.0;
}

/* Nearly normal, standard deviation @sigma. */
static float
noise (float sigma)
{
  double sum = next_random () + next_random () + next_random () - 1.5;

  return (float) (2.0 * sum) * sigma;
}

void
plant_init (uint64_t seed, uint32_t step_hz, plant_log log)
{
  plant.log = log;
  plant.random = seed * UINT64_C (0x9e3779b97f4a7c15) + 1;
  plant.step_hz = step_hz;
  plant.logged_target = plant.seen_target = motor.target;
  plant.was_run = demo_mode_is_run ();
}

/* Hosts may write any bits, NAN too; what is no number counts as 0. */
static float
limit (float value, float low, float high)
{
  if (isnan (value))
    return 0.0f;
  return value < low ? low : value > high ? high : value;
}

static float
control (struct motor *m, struct axle *a, float dt)
{
  struct pid *pid = &m->pid;
  float error = limit (m->target, 0.0f, 3000.0f) - m->speed;

  a->slope += 0.1f * ((m->speed - a->last_speed) / dt - a->slope);
  a->last_speed = m->speed;
  pid->integrator = limit (pid->integrator + pid->ki * error * dt, -SUPPLY, SUPPLY);
  return limit (pid->kp * error + pid->integrator - pid->kd * a->slope, -SUPPLY, SUPPLY);
}

static void
step_motor (struct motor *m, struct axle *a, bool is_driven, float load)
{
  float dt = 1.0f / (float) plant.step_hz;
  float volts = 0.0f;
  float drag = 0.3f + 0.0008f * a->speed + load;
  /* Below 1 kHz the winding would settle within a step, and an explicit step overshoot. */
  float pace = fminf (dt / INDUCTANCE, 1.0f / RESISTANCE);

  if (is_driven)
    volts = control (m, a, dt);
  else
    m->pid.integrator = 0.0f;
  a->current += pace * (volts - EMF * a->speed - RESISTANCE * a->current);
  a->current = limit (a->current, -CURRENT_MAX, CURRENT_MAX);
  a->speed = limit (a->speed + PUSH * (a->current - drag) * dt, 0.0f, 5000.0f);
  m->temperature += dt / WARM_TIME
                    * (AMBIENT + WARMTH * RESISTANCE * a->current * a->current - m->temperature);
  m->speed = a->speed + noise (1.5f);
  m->current = a->current + noise (0.02f);
}

static uint64_t
now_ms (void)
{
  return plant.n_steps * 1000 / plant.step_hz;
}

static void
go_to (enum state to)
{
  state = to;
  plant.state_since_ms = now_ms ();
}

static void
step_state (void)
{
  bool is_run = demo_mode_is_run ();

  if (inject_fault != 0 && state != FAULT)
    {
      go_to (FAULT);
      plant.log (SONDE_LOG_ERROR, "state", "fault injected, drives are off");
    }
  else if (inject_fault == 0 && state == FAULT)
    {
      go_to (INIT);
      plant.log (SONDE_LOG_INFO, "state", "fault cleared, starting again");
    }
  else if (state == INIT && now_ms () - plant.state_since_ms >= INIT_MS)
    {
      go_to (RUN);
      plant.log (SONDE_LOG_INFO, "state", "running, target %.0f rpm", (double) motor.target);
    }
  if (is_run != plant.was_run)
    plant.log (SONDE_LOG_WARN, "motor", is_run ? "started by hand" : "stopped by hand");
  plant.was_run = is_run;
}

/* Only a target that stays: a host may write a thousand a second. */
static void
log_target (void)
{
  if (motor.target != plant.seen_target)
    {
      plant.seen_target = motor.target;
      plant.target_since_ms = ticks;
    }
  if (plant.seen_target == plant.logged_target || ticks - plant.target_since_ms < 200)
    return;
  plant.log (SONDE_LOG_INFO, "motor", "target %.0f -> %.0f rpm", (double) plant.logged_target,
             (double) plant.seen_target);
  plant.logged_target = plant.seen_target;
}

/* A few lines a minute; each level has its occasion. */
static void
log_routine (uint64_t ms)
{
  if (ms % 10000 == 1000)
    plant.log (SONDE_LOG_DEBUG, "motor", "%.0f rpm, %.2f A, %.1f degC", (double) motor.speed,
               (double) motor.current, (double) motor.temperature);
  if (ms % 30000 == 2000)
    plant.log (SONDE_LOG_TRACE, "plant", "step %llu, integrator %.3f V",
               (unsigned long long) plant.n_steps, (double) motor.pid.integrator);
  if (ms % JOLT_EVERY_MS == JOLT_MS && ms > JOLT_EVERY_MS)
    plant.log (SONDE_LOG_WARN, "motor", "load jolt, %.0f rpm short",
               (double) (motor.target - motor.speed));
  if (ms % 60000 == 0 && ms > 0)
    plant.log (SONDE_LOG_INFO, "plant", "up for %llu min", (unsigned long long) ms / 60000);
}

static void
step_motors (double seconds, uint64_t ms)
{
  bool is_driven = state == RUN && demo_mode_is_run ();
  bool is_jolt = ms >= JOLT_EVERY_MS && ms % JOLT_EVERY_MS < JOLT_MS;
  float load = 0.3f * (float) sin (0.2 * M_PI * seconds);

  step_motor (&motor, &plant.axles[0], is_driven, load + (is_jolt ? 1.0f : 0.0f));
  for (int i = 0; i < N_AXES; i++)
    step_motor (&axis[i], &plant.axles[1 + i], is_driven,
                0.2f * (float) sin (0.3 * M_PI * seconds + i));
}

static void
step_signals (double seconds)
{
  wave.counter++;
  wave.sine = (float) sin (2.0 * M_PI * fmod (50.0 * seconds, 1.0));
  wave.square = plant.n_steps * 20 / plant.step_hz % 2 == 0 ? 100 : -100;
  for (int i = 0; i < 8; i++)
    adc[i] = (uint16_t) (2048.0 + 1500.0 * sin (2.0 * M_PI * (0.5 + 0.25 * i) * seconds)
                         + (double) noise (4.0f));
}

static void
step (void)
{
  uint64_t before_ms = now_ms ();
  double seconds;

  plant.n_steps++;
  ticks = now_ms ();
  seconds = (double) plant.n_steps / plant.step_hz;
  step_state ();
  step_motors (seconds, ticks);
  step_signals (seconds);
  log_target ();
  for (uint64_t ms = before_ms + 1; ms <= ticks; ms++)
    log_routine (ms);
}

void
plant_run (uint64_t elapsed_ns)
{
  /* Split so that it cannot overflow within the life of a board. */
  uint64_t due = elapsed_ns / 1000000000 * plant.step_hz
                 + elapsed_ns % 1000000000 * plant.step_hz / 1000000000;

  for (int i = 0; i < MAX_STEPS_AT_ONCE && plant.n_steps < due; i++)
    step ();
}
