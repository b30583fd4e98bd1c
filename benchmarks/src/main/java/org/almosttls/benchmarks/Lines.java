package org.almosttls.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The lines that a log is given from now on. */
final class Lines {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Path log;
    private final ByteBuffer octets = ByteBuffer.allocate(1 << 16);
    private long position;
    private long awaited;

    Lines(Path log) throws IOException {
        this.log = log;
        this.position = Files.exists(log) ? Files.size(log) : 0;
    }

    /** Until there are so many more than were waited for before. */
    void await(int more) throws IOException, InterruptedException {
        awaited += more;
        for (long began = System.nanoTime(); awaited > 0; ) {
            awaited -= come();
            if (System.nanoTime() - began > PATIENCE) throw new IOException("the log lacks " + awaited + " lines");
            if (awaited > 0) Thread.sleep(1);
        }
        if (awaited < 0) throw new IOException("the log has " + -awaited + " lines too many");
    }

    private int come() throws IOException {
        if (!Files.exists(log)) return 0;
        int lines = 0;
        try (FileChannel channel = FileChannel.open(log)) {
            for (int read = channel.read(octets.clear(), position); read > 0; ) {
                position += read;
                for (int i = 0; i < read; i++) if (octets.get(i) == '\n') lines++;
                read = channel.read(octets.clear(), position);
            }
        }
        return lines;
    }
}
