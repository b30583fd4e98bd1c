package org.almosttls.agent.options;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Where the session log goes.
 *
 * @param name {@code stderr}, {@code stdout}, or a file's path in which nothing is left to fill in
 */
public record LogTarget(String name) {

    static final LogTarget STDERR = new LogTarget("stderr");

    private static final String STDOUT = "stdout";

    /** {@code %p} becomes the process's id, {@code %t} the local time as yyyyMMdd-HHmmss. */
    static LogTarget of(String pattern) {
        String name = pattern;
        if (name.contains("%p"))
            name = name.replace("%p", Long.toString(ProcessHandle.current().pid()));
        if (name.contains("%t"))
            name = name.replace(
                    "%t", DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(LocalDateTime.now()));
        return new LogTarget(name);
    }

    /** Whether it is a file, and not one of the standard streams. */
    public boolean isFile() {
        return !name.equals(STDERR.name) && !name.equals(STDOUT);
    }

    /** Tries it; a file that is not there is made, for its owner only. */
    boolean isWritable() {
        if (!isFile()) return true;
        File file = new File(name);
        // Opening a pipe would wait for its reader.
        if (file.exists() && !file.isFile()) return !file.isDirectory() && file.canWrite();
        try {
            if (!file.exists()) make(file.toPath());
            try (FileOutputStream out = new FileOutputStream(file, true)) {
                return out.getFD().valid();
            }
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static void make(Path path) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try {
            Files.createFile(path, posix ? new FileAttribute<?>[] {ownerOnly} : new FileAttribute<?>[0]);
        } catch (FileAlreadyExistsException another) {
            // Another process was quicker; both add to the same file.
            return;
        }
    }
}
