package org.almosttls.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/** What is different if a file is: it may be written anew, replaced by another, or be behind a link that is. */
public final class FileStamp {

    private FileStamp() {}

    /** Of a file that cannot be looked at, why not. */
    public static String of(String file) {
        try {
            var about = Files.readAttributes(Path.of(file), BasicFileAttributes.class);
            return about.lastModifiedTime().to(TimeUnit.NANOSECONDS) + " " + about.size() + " " + about.fileKey();
        } catch (IOException | InvalidPathException | SecurityException unreadable) {
            return unreadable.toString();
        }
    }
}
