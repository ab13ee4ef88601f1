#ifndef AGENT_H
#define AGENT_H

#include <errno.h>

enum { maximum_words = 16, value_size = 8192 };

/* A request in work: its words, and what became of it. */
struct job {
	char *words[maximum_words];
	int ended;
	int error;
	char value[value_size];
};

/* Does what the words say; sets error to the errno or 0, and value where there is one to tell. */
void perform(struct job *job);

/* Requests on open VFIO devices. */
int vfio_open(char **words, char *value);
int vfio_bind_iommufd(char **words, char *value);
int vfio_close(char **words, char *value);
int vfio_feature(char **words, char *value);
int vfio_request_channel(char **words, char *value);

#endif
