"""A disk of another machine, as far as a program can tell: shows a folder through FUSE as a file system of any type.

    network_disk.py TYPE FOLDER MOUNT_POINT [ro] [unshared]

TYPE is what the system calls it, such as sshfs. With "unshared", processes cannot share memory through its files.
Says "ready" once it is mounted, serves until it is unmounted.
"""

import ctypes
import errno
import os
import stat
import struct
import sys

LOOKUP, FORGET, GETATTR, SETATTR, MKDIR, UNLINK, RMDIR, RENAME, OPEN, READ, WRITE = 1, 2, 3, 4, 9, 10, 11, 12, 14, 15, 16
STATFS, RELEASE, FSYNC, FLUSH, INIT, OPENDIR, READDIR, RELEASEDIR, CREATE, DESTROY, BATCH_FORGET = (
    17, 18, 20, 25, 26, 27, 28, 29, 35, 38, 42)
DIRECT_IO = 1
MS_RDONLY = 1
NEW_SIZE = 8


class Disk:
    def __init__(self, folder, unshared):
        self.nodes = {1: folder}
        self.numbers = {folder: 1}
        self.open_flags = DIRECT_IO if unshared else 0

    def path(self, node, body):
        return os.path.join(self.nodes[node], os.fsdecode(body.split(b"\0", 1)[0]))

    @staticmethod
    def attributes(path):
        s = os.lstat(path)
        return struct.pack(
            "<6Q10I", s.st_ino, s.st_size, s.st_blocks, int(s.st_atime), int(s.st_mtime), int(s.st_ctime),
            s.st_atime_ns % 10**9, s.st_mtime_ns % 10**9, s.st_ctime_ns % 10**9,
            s.st_mode, s.st_nlink, s.st_uid, s.st_gid, 0, 4096, 0)

    def entry(self, path):
        attributes = self.attributes(path)
        node = self.numbers.setdefault(path, len(self.numbers) + 1)
        self.nodes[node] = path
        return struct.pack("<4Q2I", node, 0, 0, 0, 0, 0) + attributes

    def opened(self, handle):
        return struct.pack("<QIi", handle, self.open_flags, 0)

    def answer(self, opcode, node, body):
        if opcode == INIT:
            return struct.pack("<4I2H2I2H8I", 7, 31, 65536, 0, 16, 12, 131072, 1, 32, 0, *[0] * 8)
        if opcode == LOOKUP:
            return self.entry(self.path(node, body))
        if opcode == GETATTR:
            return struct.pack("<Q2I", 0, 0, 0) + self.attributes(self.nodes[node])
        if opcode == SETATTR:
            valid, _, _, size = struct.unpack_from("<2I2Q", body)
            if valid & NEW_SIZE:
                os.truncate(self.nodes[node], size)
            return struct.pack("<Q2I", 0, 0, 0) + self.attributes(self.nodes[node])
        if opcode == MKDIR:
            path = self.path(node, body[8:])
            os.mkdir(path)
            return self.entry(path)
        if opcode == UNLINK:
            path = self.path(node, body)
            os.unlink(path)
            self.numbers.pop(path, None)
            return b""
        if opcode == CREATE:
            flags, mode = struct.unpack_from("<2I", body)
            path = self.path(node, body[16:])
            handle = os.open(path, flags | os.O_CREAT, mode)
            return self.entry(path) + self.opened(handle)
        if opcode == OPEN:
            (flags,) = struct.unpack_from("<I", body)
            return self.opened(os.open(self.nodes[node], flags & ~os.O_CREAT))
        if opcode == READ:
            handle, offset, size = struct.unpack_from("<2QI", body)
            return os.pread(handle, size, offset)
        if opcode == WRITE:
            handle, offset, size = struct.unpack_from("<2QI", body)
            return struct.pack("<2I", os.pwrite(handle, body[40 : 40 + size], offset), 0)
        if opcode == FSYNC:
            os.fsync(struct.unpack_from("<Q", body)[0])
            return b""
        if opcode == RELEASE:
            os.close(struct.unpack_from("<Q", body)[0])
            return b""
        if opcode == STATFS:
            return struct.pack("<5Q10I", 2**20, 2**19, 2**19, 2**16, 2**15, 4096, 255, 4096, *[0] * 7)
        if opcode == OPENDIR:
            return struct.pack("<QIi", 0, 0, 0)
        if opcode == READDIR:
            _, offset, size = struct.unpack_from("<2QI", body)
            return self.listed(self.nodes[node], offset, size)
        if opcode in (FLUSH, RELEASEDIR):
            return b""
        raise OSError(errno.ENOSYS, "opcode %d" % opcode)

    @staticmethod
    def listed(folder, offset, size):
        out = b""
        for i, name in enumerate(sorted(os.listdir(os.fsencode(folder)))[offset:], offset + 1):
            kind = stat.S_IFMT(os.lstat(os.path.join(os.fsencode(folder), name)).st_mode) >> 12
            item = struct.pack("<2Q2I", i, i, len(name), kind) + name
            item += b"\0" * (-len(item) % 8)
            if len(out) + len(item) > size:
                break
            out += item
        return out

    def serve(self, device):
        while True:
            try:
                request = os.read(device, 2**20)
            except OSError as e:
                if e.errno == errno.ENODEV:  # unmounted
                    return
                raise
            _, opcode, unique, node = struct.unpack_from("<2I2Q", request)
            if opcode in (FORGET, BATCH_FORGET, DESTROY):
                continue
            error, answer = 0, b""
            try:
                answer = self.answer(opcode, node, request[40:])
            except OSError as e:
                error = -e.errno
            try:
                os.write(device, struct.pack("<IiQ", 16 + len(answer), error, unique) + answer)
            except OSError as e:
                if e.errno != errno.ENOENT:  # the caller was interrupted
                    raise


def main():
    kind, folder, target, *options = sys.argv[1:]
    device = os.open("/dev/fuse", os.O_RDWR)
    flags = MS_RDONLY if "ro" in options else 0
    data = "fd=%d,rootmode=40755,user_id=%d,group_id=%d,allow_other" % (device, os.getuid(), os.getgid())
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"network", os.fsencode(target), os.fsencode("fuse." + kind), flags, data.encode()):
        number = ctypes.get_errno()
        sys.exit("not mounted: %s" % os.strerror(number))
    print("ready", flush=True)
    Disk(folder, "unshared" in options).serve(device)


if __name__ == "__main__":
    main()
