namespace Bastion;

/// <summary>What someone may do in the store. Each role is held for everything, or for the accounts of projects; roles add up.</summary>
public enum Role
{
    /// <summary>Opens sessions on what is granted to him. Every new user holds it, for everything.</summary>
    Operator = 1,
    /// <summary>Sees what there is and what was done, recordings too, and changes nothing.</summary>
    Auditor,
    /// <summary>Decides on requests.</summary>
    Approver,
    /// <summary>Sees and changes. For projects: only what their accounts own. For everything: users, roles, clouds and settings too.</summary>
    Administrator,
}
