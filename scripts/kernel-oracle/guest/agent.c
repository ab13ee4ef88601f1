/*
 * PID 1 of the oracle's guest. Reads one request a line from the second serial port, does it, and answers with the
 * lines the kernel has logged meanwhile ("k TEXT") and what became of the request ("= ID OUTCOME ERRNO VALUE").
 * Fields are separated by tabs; bytes outside of printable ASCII, and '%', are written %XX.
 */
#include "agent.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

static struct job jobs[256];
static int job_count;
static int kmsg = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;
static int waits_logged;

static void decode(char *text)
{
	char *to = text;

	for (char *from = text; *from; from++, to++) {
		unsigned int byte;

		if (*from == '%' && sscanf(from + 1, "%2x", &byte) == 1) {
			*to = (char)byte;
			from += 2;
		} else {
			*to = *from;
		}
	}
	*to = 0;
}

static void encode(const char *text)
{
	for (; *text; text++) {
		unsigned char byte = (unsigned char)*text;

		if (byte < 32 || byte > 126 || byte == '%')
			printf("%%%02X", byte);
		else
			putchar(byte);
	}
}

/* Hands over what the kernel has logged since the last time. A request that waits for a user is known by its line. */
static void drain_log(void)
{
	static char record[8192];
	ssize_t size;

	while ((size = read(kmsg, record, sizeof(record) - 1)) != 0) {
		char *text, *end;

		if (size < 0 && errno == EPIPE)
			continue;
		if (size < 0)
			break;
		record[size] = 0;
		text = strchr(record, ';');
		if (!text)
			continue;
		text++;
		end = strchr(text, '\n');
		if (end)
			*end = 0;
		if (strstr(text, "Relaying device request to user") || strstr(text, "blocked until released by user"))
			waits_logged = 1;
		fputs("k ", stdout);
		encode(text);
		putchar('\n');
	}
}

static void *work(void *argument)
{
	struct job *job = argument;

	perform(job);
	pthread_mutex_lock(&lock);
	job->ended = 1;
	pthread_cond_broadcast(&ended);
	pthread_mutex_unlock(&lock);
	return NULL;
}

static int has_ended(struct job *job, int milliseconds)
{
	struct timespec until;
	int result;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += milliseconds / 1000;
	until.tv_nsec += (milliseconds % 1000) * 1000000L;
	if (until.tv_nsec >= 1000000000L) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000L;
	}
	pthread_mutex_lock(&lock);
	while (!job->ended && pthread_cond_timedwait(&ended, &lock, &until) == 0)
		;
	result = job->ended;
	pthread_mutex_unlock(&lock);
	return result;
}

/* Until it ends, or the log says that it waits for a user, or the time given is over. */
static void await(struct job *job, int milliseconds)
{
	waits_logged = 0;
	for (int waited = 0; waited < milliseconds; waited += 20) {
		if (has_ended(job, 20))
			break;
		drain_log();
		if (waits_logged && has_ended(job, 250))
			break;
		if (waits_logged)
			break;
	}
	drain_log();
}

static void report(int id, struct job *job)
{
	const char *name = job->error ? strerrorname_np(job->error) : "-";

	printf("= %d\t%s\t%s\t", id, !job->ended ? "waits" : job->error ? "refused" : "done", job->ended ? name : "-");
	encode(job->value);
	printf("\n");
	fflush(stdout);
}

static struct job *free_job(void)
{
	for (int index = 1; index < job_count; index++)
		if (jobs[index].ended)
			return &jobs[index];
	if (job_count == 0)
		job_count = 1;
	return &jobs[job_count++];
}

static void serve(char *line)
{
	char *words[maximum_words] = {0};
	int count = 0;
	pthread_t thread;
	struct job *job;

	for (char *word = strsep(&line, "\t"); word && count < maximum_words; word = strsep(&line, "\t")) {
		decode(word);
		words[count++] = word;
	}
	if (count < 3)
		return;
	/* words: id, milliseconds to wait, command, arguments */
	if (strcmp(words[2], "join") == 0) {
		job = &jobs[atoi(words[3])];
	} else {
		job = free_job();
		memset(job, 0, sizeof(*job));
		for (int index = 2; index < count; index++)
			job->words[index - 2] = strdup(words[index]);
		snprintf(job->value, sizeof(job->value), "%d", (int)(job - jobs));
		pthread_create(&thread, NULL, work, job);
		pthread_detach(thread);
	}
	await(job, atoi(words[1]));
	report(atoi(words[0]), job);
}

static void load_modules(void)
{
	char path[512];
	FILE *list = fopen("/modules/order", "r");

	while (list && fgets(path, sizeof(path), list)) {
		char *options = strchr(path, ' ');
		int file;

		path[strcspn(path, "\n")] = 0;
		if (options)
			*options++ = 0;
		file = open(path, O_RDONLY | O_CLOEXEC);
		if (file < 0 || syscall(SYS_finit_module, file, options ? options : "", 0))
			printf("! %s: %s\n", path, strerror(errno));
		close(file);
	}
}

static void open_port(void)
{
	struct termios port;
	int file = open("/dev/ttyS1", O_RDWR | O_NOCTTY);

	tcgetattr(file, &port);
	cfmakeraw(&port);
	cfsetspeed(&port, B115200);
	tcsetattr(file, TCSANOW, &port);
	dup2(file, 0);
	dup2(file, 1);
}

/* A removal may wait for minutes here, which is no fault to be logged. */
static void quiet_watchdog(void)
{
	int file = open("/proc/sys/kernel/hung_task_timeout_secs", O_WRONLY | O_CLOEXEC);

	if (file >= 0 && write(file, "0", 1) < 0)
		perror("hung_task_timeout_secs");
	close(file);
}

int main(void)
{
	static char line[65536];

	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/tmp", 0755);
	mount("proc", "/proc", "proc", 0, "");
	mount("sysfs", "/sys", "sysfs", 0, "");
	mount("devtmpfs", "/dev", "devtmpfs", 0, "");
	setenv("PATH", "/usr/bin:/usr/sbin:/bin:/sbin", 1);
	quiet_watchdog();
	open_port();
	kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	lseek(kmsg, 0, SEEK_END);
	load_modules();
	printf("= 0\tdone\t-\tready\n");
	fflush(stdout);
	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = 0;
		if (strcmp(line, "off") == 0)
			break;
		serve(line);
	}
	reboot(RB_POWER_OFF);
	return 0;
}
