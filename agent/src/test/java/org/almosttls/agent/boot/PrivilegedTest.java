package org.almosttls.agent.boot;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.Permission;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Our permissions are no way around those of the application. */
@EnabledForJreRange(max = JRE.JAVA_17)
@SuppressWarnings("removal")
class PrivilegedTest {

    private static final Set<String> DENIED = Set.of("127.0.0.1:4433", "db.example.org:4433");

    @BeforeEach
    void manage() {
        System.setSecurityManager(new SecurityManager() {
            @Override
            public void checkPermission(Permission permission) {}

            @Override
            public void checkConnect(String host, int port) {
                if (DENIED.contains(host + ":" + port)) throw new SecurityException(host);
            }
        });
    }

    @AfterEach
    void manageNoMore() {
        System.setSecurityManager(null);
    }

    @Test
    void nobodyIsAskedToWhomTheApplicationMayNotConnect() {
        assertFalse(Privileged.mayConnect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4433)));
        assertFalse(Privileged.mayConnect(InetSocketAddress.createUnresolved("db.example.org", 4433)));
        assertTrue(Privileged.mayConnect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4434)));
    }
}
