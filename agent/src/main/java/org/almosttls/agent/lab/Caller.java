package org.almosttls.agent.lab;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Mallory calling Alice by himself, with records that he has from somewhere. */
record Caller(int port) {

    /** Says these and no more, and takes what Alice answers until she ends it. */
    List<WireRecord> say(List<WireRecord> records) throws IOException {
        var answers = new ArrayList<WireRecord>();
        try (var socket = Loopback.connect(port)) {
            for (var record : records) socket.getOutputStream().write(record.bytes());
            socket.shutdownOutput();
            var in = new DataInputStream(socket.getInputStream());
            for (var next = WireRecord.read(false, in); next.isPresent(); next = WireRecord.read(false, in))
                answers.add(next.get());
        } catch (SocketException gone) {
            // She has heard enough.
        }
        return answers;
    }
}
