package ordinary.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** {@code DatabaseClient <JDBC address>...}: asks each data base over which connection it is asked. */
public final class DatabaseClient {

    private static final String LARGE = "abcdefghij".repeat(50_000);

    private DatabaseClient() {}

    public static void main(String... args) throws SQLException {
        for (String address : args) {
            try (Connection connection = DriverManager.getConnection(address)) {
                System.out.println(security(connection) + (echo(connection) ? " and all back" : " and others back"));
            }
        }
    }

    private static String security(Connection connection) throws SQLException {
        String query = "select version, coalesce(client_dn, 'nobody') from pg_stat_ssl where pid = pg_backend_pid()";
        try (ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1) + " for " + row.getString(2);
        }
    }

    private static boolean echo(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select ?::text")) {
            statement.setString(1, LARGE);
            ResultSet row = statement.executeQuery();
            row.next();
            return row.getString(1).equals(LARGE);
        }
    }
}
