package org.almosttls.agent.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sees the first bytes of a connection that nobody changes, and says what they are. */
final class Witness {

    private final UpgradedSocket upgraded;
    private final PlaintextReport report;
    private final AtomicBoolean told = new AtomicBoolean();

    Witness(UpgradedSocket upgraded, PlaintextReport report) {
        this.upgraded = upgraded;
        this.report = report;
    }

    Way watch(Way plain) {
        return new Way(new Input(plain.in()), new Output(plain.out()), Optional.empty());
    }

    private void see(Role sender, byte[] bytes, int offset, int length) {
        if (length <= 0 || told.get() || !told.compareAndSet(false, true)) return;
        // A server of TLS never speaks first.
        var first = sender == Role.CLIENT ? FirstBytes.of(bytes, offset, length) : FirstBytes.OTHER;
        if (first.isLeftAlone()) report.leftAlone(upgraded.connection(), first);
        else if (first == FirstBytes.OTHER) report.plaintext(upgraded.connection(), "nothing is changed");
    }

    private final class Input extends InputStream {

        private final InputStream in;

        Input(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] octet = new byte[1];
            return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xFF;
        }

        @Override
        public int read(byte[] destination, int offset, int length) throws IOException {
            int count = in.read(destination, offset, length);
            see(upgraded.role() == Role.CLIENT ? Role.SERVER : Role.CLIENT, destination, offset, count);
            return count;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }
    }

    private final class Output extends OutputStream {

        private final OutputStream out;

        Output(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            see(upgraded.role(), source, offset, length);
            out.write(source, offset, length);
        }
    }
}
