/* Requests on VFIO devices, with descriptors held in the name of a holder (who stands for a process). */
#include "agent.h"

#include <fcntl.h>
#include <linux/vfio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <dirent.h>

enum { slots = 512, address_size = 16, holder_size = 32 };

struct group {
	char holder[holder_size];
	int number, file, container, devices;
};

struct device {
	char holder[holder_size], address[address_size];
	int file, iommufd, event;
	struct group *group;
};

static struct group groups[slots];
static struct device devices[slots];

/* The kernel that the agent runs on may be newer than the headers it is made with. */
struct bind_iommufd {
	__u32 argsz, flags;
	__s32 iommufd;
	__u32 devid;
	__u64 token;
};
#define BIND_IOMMUFD _IO(VFIO_TYPE, VFIO_BASE + 18)
#define BIND_FLAG_TOKEN 1

static void path_of(char *path, size_t size, const char *address, const char *name)
{
	snprintf(path, size, "/sys/bus/pci/devices/%s/%s", address, name);
}

static int group_number(const char *address)
{
	char path[256], target[256];
	ssize_t size;

	path_of(path, sizeof(path), address, "iommu_group");
	size = readlink(path, target, sizeof(target) - 1);
	if (size < 0)
		return -1;
	target[size] = 0;
	return atoi(strrchr(target, '/') + 1);
}

static struct group *find_group(const char *holder, int number)
{
	for (int index = 0; index < slots; index++)
		if (groups[index].file > 0 && groups[index].number == number && !strcmp(groups[index].holder, holder))
			return &groups[index];
	return NULL;
}

static void release_group(struct group *group)
{
	if (group->container > 0)
		ioctl(group->file, VFIO_GROUP_UNSET_CONTAINER);
	close(group->file);
	if (group->container > 0)
		close(group->container);
	memset(group, 0, sizeof(*group));
}

/* As QEMU does: the group, its status, a container, an IOMMU. Tells the step that fails. */
static int open_group(const char *holder, int number, int with_container, struct group **result, char *value)
{
	struct vfio_group_status status = {.argsz = sizeof(status)};
	struct group *group = find_group(holder, number);
	char path[64];
	int error;

	*result = group;
	if (group)
		return 0;
	for (group = groups; group->file > 0; group++)
		;
	snprintf(path, sizeof(path), "/dev/vfio/%d", number);
	strcpy(value, "group");
	group->file = open(path, O_RDWR | O_CLOEXEC);
	if (group->file < 0) {
		error = errno;
		group->file = 0;
		return error;
	}
	group->number = number;
	snprintf(group->holder, sizeof(group->holder), "%s", holder);
	*result = group;
	if (!with_container)
		return 0;
	strcpy(value, "viable");
	if (ioctl(group->file, VFIO_GROUP_GET_STATUS, &status) || !(status.flags & VFIO_GROUP_FLAGS_VIABLE)) {
		release_group(group);
		return EPERM;
	}
	strcpy(value, "container");
	group->container = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	if (ioctl(group->file, VFIO_GROUP_SET_CONTAINER, &group->container)) {
		error = errno;
		close(group->container);
		group->container = 0;
		release_group(group);
		return error;
	}
	strcpy(value, "iommu");
	if (ioctl(group->container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU)) {
		error = errno;
		release_group(group);
		return error;
	}
	return 0;
}

static struct device *add(const char *holder, const char *address, int file)
{
	struct device *device = devices;

	while (device->file > 0)
		device++;
	memset(device, 0, sizeof(*device));
	device->file = file;
	snprintf(device->holder, sizeof(device->holder), "%s", holder);
	snprintf(device->address, sizeof(device->address), "%s", address);
	return device;
}

/* The newest descriptor of the function that the holder has. */
static struct device *find(const char *holder, const char *address)
{
	for (int index = slots - 1; index >= 0; index--)
		if (devices[index].file > 0 && !strcmp(devices[index].holder, holder) &&
		    !strcmp(devices[index].address, address))
			return &devices[index];
	return NULL;
}

/* open HOLDER ADDRESS NAME container|bare */
int vfio_open(char **words, char *value)
{
	int number = group_number(words[2]);
	struct group *group;
	int file, error;

	strcpy(value, "iommu_group");
	if (number < 0)
		return ENODEV;
	error = open_group(words[1], number, strcmp(words[4], "bare"), &group, value);
	if (error)
		return error;
	strcpy(value, "device");
	file = ioctl(group->file, VFIO_GROUP_GET_DEVICE_FD, words[3]);
	if (file < 0) {
		error = errno;
		if (group->devices == 0)
			release_group(group);
		return error;
	}
	group->devices++;
	add(words[1], words[2], file)->group = group;
	return 0;
}

/* The iommufd of the holder: all its devices share one. */
static int holders_iommufd(const char *holder)
{
	for (int index = 0; index < slots; index++)
		if (devices[index].file > 0 && devices[index].iommufd > 0 && !strcmp(devices[index].holder, holder))
			return fcntl(devices[index].iommufd, F_DUPFD_CLOEXEC, 0);
	return open("/dev/iommu", O_RDWR | O_CLOEXEC);
}

/* bind-iommufd HOLDER ADDRESS TOKEN-AS-HEX|- */
int vfio_bind_iommufd(char **words, char *value)
{
	struct bind_iommufd bind = {.argsz = sizeof(bind)};
	unsigned char token[16];
	char path[512];
	struct device *device;
	struct dirent *entry;
	DIR *folder;
	int file, error;

	path_of(path, sizeof(path), words[2], "vfio-dev");
	strcpy(value, "cdev");
	folder = opendir(path);
	if (!folder)
		return errno;
	while ((entry = readdir(folder)) && entry->d_name[0] == '.')
		;
	snprintf(path, sizeof(path), "/dev/vfio/devices/%s", entry ? entry->d_name : "");
	closedir(folder);
	file = open(path, O_RDWR | O_CLOEXEC);
	if (file < 0)
		return errno;
	strcpy(value, "bind");
	bind.iommufd = holders_iommufd(words[1]);
	if (words[3][0] != '-') {
		for (int index = 0; index < 16; index++)
			sscanf(words[3] + 2 * index, "%2hhx", &token[index]);
		bind.flags = BIND_FLAG_TOKEN;
		bind.token = (__u64)(unsigned long)token;
	} else {
		bind.argsz = 16;
	}
	if (ioctl(file, BIND_IOMMUFD, &bind)) {
		error = errno;
		close(file);
		close(bind.iommufd);
		return error;
	}
	device = add(words[1], words[2], file);
	device->iommufd = bind.iommufd;
	return 0;
}

/* close HOLDER ADDRESS */
int vfio_close(char **words, char *value)
{
	struct device *device = find(words[1], words[2]);
	struct group *group;

	(void)value;
	if (!device)
		return EBADF;
	group = device->group;
	close(device->file);
	if (device->event > 0)
		close(device->event);
	if (device->iommufd > 0)
		close(device->iommufd);
	memset(device, 0, sizeof(*device));
	if (group && --group->devices == 0)
		release_group(group);
	return 0;
}

/* feature HOLDER ADDRESS ARGSZ FLAGS PAYLOAD-AS-HEX */
int vfio_feature(char **words, char *value)
{
	struct device *device = find(words[1], words[2]);
	_Alignas(8) unsigned char bytes[4096] = {0};
	struct vfio_device_feature *feature = (struct vfio_device_feature *)bytes;

	(void)value;
	if (!device)
		return EBADF;
	feature->argsz = (__u32)strtoul(words[3], NULL, 10);
	feature->flags = (__u32)strtoul(words[4], NULL, 10);
	for (int index = 0; words[5] && words[5][2 * index] && index < 512; index++)
		sscanf(words[5] + 2 * index, "%2hhx", &feature->data[index]);
	return ioctl(device->file, VFIO_DEVICE_FEATURE, feature) < 0 ? errno : 0;
}

/* request-channel HOLDER ADDRESS: asks to be told when the kernel wants the device back. */
int vfio_request_channel(char **words, char *value)
{
	struct device *device = find(words[1], words[2]);
	struct {
		struct vfio_irq_set set;
		__s32 event;
	} request = {.set = {.argsz = sizeof(request),
			     .flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER,
			     .index = VFIO_PCI_REQ_IRQ_INDEX,
			     .count = 1}};

	(void)value;
	if (!device)
		return EBADF;
	if (device->event <= 0)
		device->event = eventfd(0, EFD_CLOEXEC);
	request.event = device->event;
	return ioctl(device->file, VFIO_DEVICE_SET_IRQS, &request) < 0 ? errno : 0;
}
