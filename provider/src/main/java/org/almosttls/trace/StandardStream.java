package org.almosttls.trace;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/**
 * The process's own stderr or stdout, past {@code System.err} and {@code System.out}: those may be the application's,
 * whose code must not run in the middle of ours.
 */
final class StandardStream implements LineSink {

    static final StandardStream STDERR = new StandardStream(FileDescriptor.err);
    static final StandardStream STDOUT = new StandardStream(FileDescriptor.out);

    private final FileOutputStream stream;

    private StandardStream(FileDescriptor descriptor) {
        // Never closed, since that would close the process's.
        this.stream = new FileOutputStream(descriptor);
    }

    @Override
    public void write(byte[] line) throws IOException {
        stream.write(line);
    }
}
