package org.almosttls.agent.upgrade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.almosttls.agent.report.Told;
import org.junit.jupiter.api.Test;

class PlaintextReportTest {

    private static final int MOST = 256;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PlaintextReport report = new PlaintextReport(new Told(new PrintStream(said, true)));

    private static Connection connection(Role role, int last, int port) throws Exception {
        InetAddress peer = InetAddress.getByAddress("host" + last, new byte[] {10, 0, (byte) (last >> 8), (byte) last});
        InetAddress here = InetAddress.getLoopbackAddress();
        return new Connection(role, new InetSocketAddress(peer, port), new InetSocketAddress(here, 8080));
    }

    private List<String> told() {
        return said.toString().lines().toList();
    }

    @Test
    void eachPairIsToldOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            report.plaintext(connection(Role.CLIENT, 1, 6379), "it stays");
            report.plaintext(connection(Role.CLIENT, 1, 6380), "it stays");
            report.plaintext(connection(Role.SERVER, 1, 50_000 + i), "it stays");
        }
        assertEquals(
                List.of(
                        "AlmostTLS: plaintext: client of host1:6379; it stays",
                        "AlmostTLS: plaintext: client of host1:6380; it stays",
                        "AlmostTLS: plaintext: server at port 8080, its client host1; it stays"),
                told());
    }

    @Test
    void thereAreNotMoreThanSoMany() throws Exception {
        for (int i = 0; i < MOST - 1; i++) report.plaintext(connection(Role.SERVER, i, 50_000), "it stays");
        assertEquals(MOST - 1, told().size());
        for (int i = 0; i < 2 * MOST; i++) report.plaintext(connection(Role.SERVER, i, 50_000), "it stays");
        report.leftAlone(connection(Role.CLIENT, 1, 5432), FirstBytes.POSTGRES_REQUEST);
        report.ownTls(8443, false);
        report.noOwnTls(8444);
        assertEquals(MOST + 1, told().size());
        assertEquals(
                List.of(
                        "AlmostTLS: plaintext: server at port 8080, its client host255; it stays",
                        "AlmostTLS: plaintext: there are more, which are not told any more"),
                told().subList(MOST - 1, MOST + 1));
    }
}
