package org.almosttls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.almosttls.house.Rooms;
import org.junit.jupiter.api.Test;

/** The provider's rooms, from top to bottom, and the arrows between them: all go down. */
class RoomsTest {

    private static final String ROOMS = """
            almosttls         | jsse trace ocsp event store ticket config crypto.choice crypto
            jetty             | jsse
            jsse              | api engine event store ticket config crypto registry alert
            trace             | event config message extension compression crypto registry alert
            ocsp              | config
            engine            | handshake handshake.hello.* handshake.tls13.* handshake.tls12.* handshake.almost.* \
                                event config record message registry alert
            handshake.hello.* | handshake.tls13.* handshake.tls12.* handshake.almost.* handshake event config keyschedule \
                                record message extension crypto registry alert
            handshake.tls13.* | handshake event config keyschedule record message extension compression crypto registry alert
            handshake.tls12.* | handshake event config keyschedule record message extension crypto registry alert
            handshake.almost.*| handshake event config keyschedule record message extension crypto registry alert
            handshake         | event config keyschedule record message extension crypto registry alert
            event             | config message registry crypto alert
            store             | config
            ticket            | config crypto wire registry alert
            config            | registry crypto alert
            keyschedule       | crypto registry wire
            record            | crypto wire registry alert
            message           | extension wire registry alert
            extension         | wire registry alert
            compression       | registry alert
            crypto.choice     | crypto.jca crypto.bc crypto registry alert
            crypto.jca        | crypto registry alert
            crypto.bc         | crypto registry alert
            crypto            | registry alert
            wire              | alert
            api               |
            registry          |
            alert             |
            """;

    /** The face names what JSSE and its constraints name: {@code SecretKey} and keys of DHE. It computes nothing with it. */
    private static final String GUARDED = """
            javax.net.ssl         | almosttls jetty jsse api
            javax.crypto          | crypto.jca jsse api
            org.bouncycastle      | crypto.bc ocsp
            com.fasterxml.jackson | trace
            org.eclipse.jetty     | jetty
            java.nio.file         | almosttls store trace
            java.nio.channels     | jsse trace
            sun                   |
            com.sun               |
            """;

    private final Rooms rooms = Rooms.of(Path.of(""), ROOMS, GUARDED);

    @Test
    void allowedArrowsGoDownTheTable() {
        assertEquals(List.of(), rooms.risingRows());
    }

    @Test
    void everyPackageIsARoom() throws IOException {
        assertEquals(List.of(), rooms.unknownPackages());
    }

    @Test
    void onlyAllowedArrowsExist() {
        assertEquals(List.of(), rooms.forbiddenArrows());
    }

    @Test
    void foreignPackagesStayInTheirRooms() {
        assertEquals(List.of(), rooms.forbiddenImports());
    }

    @Test
    void packageInfosTellTheTruth() throws IOException {
        assertEquals(List.of(), rooms.untruePackageInfos());
    }
}
