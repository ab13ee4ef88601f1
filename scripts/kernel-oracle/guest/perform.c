/* Requests on files, and the table of all requests. */
#include "agent.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int write_file(char **words, char *value)
{
	const char *text = words[2] ? words[2] : "";
	int file = open(words[1], O_WRONLY | O_CLOEXEC);
	int error = 0;

	(void)value;
	if (file < 0)
		return errno;
	if (write(file, text, strlen(text)) < 0)
		error = errno;
	close(file);
	return error;
}

static int read_file(char **words, char *value)
{
	int file = open(words[1], O_RDONLY | O_CLOEXEC);
	ssize_t size;
	int error;

	if (file < 0)
		return errno;
	size = read(file, value, value_size - 1);
	error = size < 0 ? errno : 0;
	value[size < 0 ? 0 : size] = 0;
	value[strcspn(value, "\n")] = 0;
	close(file);
	return error;
}

/* The last part of what a link points to. */
static int read_link(char **words, char *value)
{
	static __thread char target[4096];
	ssize_t size = readlink(words[1], target, sizeof(target) - 1);
	char *slash;

	if (size < 0)
		return errno;
	target[size] = 0;
	slash = strrchr(target, '/');
	snprintf(value, value_size, "%s", slash ? slash + 1 : target);
	return 0;
}

/* Runs a shell command; the value is what it printed, to both outputs. */
static int run(char **words, char *value)
{
	FILE *output = popen(words[1], "r");
	size_t size;
	char rest[4096];

	if (!output)
		return errno;
	size = fread(value, 1, value_size - 1, output);
	value[size] = 0;
	while (fread(rest, 1, sizeof(rest), output) > 0)
		;
	pclose(output);
	return 0;
}

static const struct {
	const char *name;
	int (*perform)(char **words, char *value);
} requests[] = {
	{"write", write_file},
	{"read", read_file},
	{"link", read_link},
	{"run", run},
	{"open", vfio_open},
	{"bind-iommufd", vfio_bind_iommufd},
	{"close", vfio_close},
	{"feature", vfio_feature},
	{"request-channel", vfio_request_channel},
};

void perform(struct job *job)
{
	/* What waits tells the number of its job; only what has ended a value of its own. */
	static __thread char value[value_size];

	value[0] = 0;
	job->error = ENOSYS;
	for (size_t index = 0; index < sizeof(requests) / sizeof(*requests); index++)
		if (strcmp(job->words[0], requests[index].name) == 0)
			job->error = requests[index].perform(job->words, value);
	memcpy(job->value, value, value_size);
}
