-- The database of all three services and the one login they share; they bring their own tables. Runs at every start.
IF DB_ID('approvals') IS NULL CREATE DATABASE approvals;
GO
-- Readers see what is committed and wait for nobody.
IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = 'approvals') = 0
    ALTER DATABASE approvals SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
IF SUSER_ID('approvals') IS NULL CREATE LOGIN approvals WITH PASSWORD = '$(Password)', DEFAULT_DATABASE = approvals;
ELSE ALTER LOGIN approvals WITH PASSWORD = '$(Password)';
GO
USE approvals;
GO
IF USER_ID('approvals') IS NULL CREATE USER approvals FOR LOGIN approvals;
-- Owner of this database only, because the services change tables at their start. With Migrate=ByCommand, run the command
-- with this login and the services with one that may read and write.
ALTER ROLE db_owner ADD MEMBER approvals;
GO
