package org.almosttls.trace;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A file that lines are added to; several processes may share it. If it has been moved away or removed, the next line
 * begins it anew; a line that finds no room on the disk leaves nothing of it there.
 */
final class LogFile implements LineSink {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final int MANY = 32;

    /**
     * The file as it was opened.
     *
     * @param key tells it from another of its name; null where files have none
     */
    private record Opened(FileChannel channel, Object key, boolean regular) {}

    private final Path path;
    private Optional<Opened> opened = Optional.empty();
    private boolean torn;

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
        if (Files.notExists(path) || Files.isRegularFile(path)) file.current();
        else if (Files.isDirectory(path) || !Files.isWritable(path)) throw new IOException("not a file to write to");
        return file;
    }

    /** {@code %p} in a name stands for the process's id, {@code %t} for the local time as yyyyMMdd-HHmmss. */
    static Path named(String pattern, LocalDateTime now) {
        var pid = Long.toString(ProcessHandle.current().pid());
        return Path.of(pattern.replace("%p", pid).replace("%t", TIME.format(now)));
    }

    @Override
    public void write(byte[] line) throws IOException {
        write(List.of(line));
    }

    /** A pipe is given one at a time, or lines of several processes might mix. */
    @Override
    public int most() {
        return opened.isPresent() && opened.get().regular ? MANY : 1;
    }

    @Override
    public int write(List<byte[]> lines) throws IOException {
        var file = current();
        long before = file.regular ? file.channel.size() : 0;
        var joined = JoinedLines.of(lines, torn);
        try {
            while (joined.octets().hasRemaining()) file.channel.write(joined.octets());
            torn = false;
            return lines.size();
        } catch (IOException failed) {
            takeBack(file, before, joined);
            close();
            if (joined.whole() == 0) throw failed;
            return joined.whole();
        }
    }

    /** A piece of a line is of no use to anybody; where others have written since, it ends where the next one begins. */
    private void takeBack(Opened file, long before, JoinedLines joined) {
        boolean tornBefore = torn && joined.kept() == 0;
        torn = tornBefore || joined.written() > joined.kept();
        if (joined.written() == joined.kept()) return;
        try {
            if (!file.regular || file.channel.size() != before + joined.written()) return;
            file.channel.truncate(before + joined.kept());
            torn = tornBefore;
        } catch (IOException stays) {
            torn = true;
        }
    }

    private Opened current() throws IOException {
        if (opened.isPresent() && !isThere(opened.get())) close();
        if (opened.isEmpty()) opened = Optional.of(openNow());
        return opened.get();
    }

    /** If it cannot be known, it is. */
    private boolean isThere(Opened file) {
        try {
            var now = Files.readAttributes(path, BasicFileAttributes.class);
            return Objects.equals(now.fileKey(), file.key);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }

    private Opened openNow() throws IOException {
        create();
        var channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        try {
            var now = Files.readAttributes(path, BasicFileAttributes.class);
            return new Opened(channel, now.fileKey(), now.isRegularFile());
        } catch (IOException gone) {
            channel.close();
            throw gone;
        }
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
    public void close() throws IOException {
        if (opened.isEmpty()) return;
        var file = opened.get();
        opened = Optional.empty();
        file.channel.close();
    }
}
