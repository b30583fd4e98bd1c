package org.almosttls.trace;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** A file that lines are added to; several processes may share it. */
final class LogFile implements LineSink {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path path;
    private Optional<OutputStream> out = Optional.empty();

    private LogFile(Path path) {
        this.path = path;
    }

    /**
     * Opens {@code path}; a file that is not there is made, readable by its owner only.
     *
     * @throws IOException if it cannot be written
     */
    static LogFile open(Path path) throws IOException {
        var file = new LogFile(path);
        // Opening a pipe waits for its reader, so that is left to the thread that writes.
        if (Files.notExists(path) || Files.isRegularFile(path)) file.stream();
        else if (Files.isDirectory(path) || !Files.isWritable(path)) throw new IOException("not a file to write to");
        return file;
    }

    /** {@code %p} in a name stands for the process's id, {@code %t} for the local time as yyyyMMdd-HHmmss. */
    static Path named(String pattern, LocalDateTime now) {
        var pid = Long.toString(ProcessHandle.current().pid());
        return Path.of(pattern.replace("%p", pid).replace("%t", TIME.format(now)));
    }

    @Override
    public synchronized void write(byte[] line) throws IOException {
        stream().write(line);
    }

    private synchronized OutputStream stream() throws IOException {
        if (out.isEmpty()) {
            create();
            out = Optional.of(new FileOutputStream(path.toFile(), true));
        }
        return out.get();
    }

    private void create() throws IOException {
        if (Files.exists(path)) return;
        try {
            Files.createFile(path, ownerOnly());
        } catch (FileAlreadyExistsException another) {
            // Another process was quicker; both add to the same file.
            return;
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!posix) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    @Override
    public synchronized void close() throws IOException {
        if (out.isPresent()) out.get().close();
    }
}
